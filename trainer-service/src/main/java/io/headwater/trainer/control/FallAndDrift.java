package io.headwater.trainer.control;

import java.util.Optional;

/** When live quality and drift together are a reason to train: a plain function. */
public final class FallAndDrift {
    private FallAndDrift() {}

    /**
     * The reason, for people; empty if there is none. Drift alone is none: the version may be as right on the new images. It
     * explains a fall.
     *
     * @param fall that live quality has fallen, if it has
     * @param drift that the images that come are others than before, if they are
     */
    public static Optional<String> reason(Optional<String> fall, Optional<String> drift) {
        return fall.map(sentence -> drift.map(other -> sentence + " " + other).orElse(sentence));
    }
}
