package io.headwater.trainer.training;

import java.util.List;

/**
 * Answers to examples that were learnt from, each by a head that was trained without it: the training part is cut into
 * folds, and a head is trained on all the others of each.
 */
public final class OutOfFold {
    private final List<String> labels;
    private final float[][] probabilities;

    OutOfFold(List<String> labels, float[][] probabilities) {
        this.labels = List.copyOf(labels);
        this.probabilities = probabilities;
    }

    /** C class names, in the order of the probabilities: those of the training. */
    public List<String> labels() {
        return labels;
    }

    /** {@code [N][C]}, calibrated; row {@code i} answers example {@code i} of the training part. Not to be changed. */
    public float[][] probabilities() {
        return probabilities;
    }
}
