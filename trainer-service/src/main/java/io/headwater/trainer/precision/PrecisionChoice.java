package io.headwater.trainer.precision;

import io.headwater.trainer.backbone.BackboneFile;
import java.time.Instant;
import java.util.Optional;

/** What precision is wanted, and what this trainer has found out about int8. */
public final class PrecisionChoice {
    private final Optional<PrecisionSettings> int8;
    private volatile Optional<String> decision = Optional.empty();
    private volatile Optional<Int8Trial> trial = Optional.empty();

    /** @param int8 what int8 must show; empty: float32 is wanted */
    public PrecisionChoice(Optional<PrecisionSettings> int8) {
        this.int8 = int8;
    }

    /** What int8 must show; empty: float32 is wanted. */
    public Optional<PrecisionSettings> int8() {
        return int8;
    }

    /** {@code fp32} or {@code int8}: what is wanted. */
    public String wanted() {
        return int8.isPresent() ? "int8" : "fp32";
    }

    /** What became of the wish for int8, a sentence for people; empty before anything did. */
    public Optional<String> decision() {
        return decision;
    }

    /** The last int8 backbone that was measured since this trainer was started. */
    public Optional<Int8Trial> trial() {
        return trial;
    }

    void waiting(Int8Answer answer) {
        decision = Optional.of(answer.reason());
    }

    void measured(
            BackboneFile fp32, BackboneFile made, int pictures, Int8Measures measures, Int8Answer answer, Instant at) {
        decision = Optional.of(answer.reason());
        trial = Optional.of(
                Int8Trial.of(fp32.id(), made.id(), pictures, measures, answer instanceof Int8Answer.Offered, at));
    }
}
