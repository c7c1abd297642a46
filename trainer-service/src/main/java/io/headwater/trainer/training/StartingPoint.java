package io.headwater.trainer.training;

import java.util.List;

/**
 * The head that a training may start from.
 *
 * @param labels its class names, in the order of its probabilities; those of the training may differ
 * @param head its weights
 * @param sparedCalibrationPart whether it never learnt from the part that is set aside for calibration, nor did what it
 *     started from; else it can't be measured there
 */
public record StartingPoint(List<String> labels, Head head, boolean sparedCalibrationPart) {

    /** Checks that labels and head have the same number of classes. */
    public StartingPoint {
        labels = List.copyOf(labels);
        if (labels.size() != head.classes()) {
            throw new IllegalArgumentException(labels.size() + " labels do not name " + head.classes() + " classes");
        }
    }

    /** A head of which nothing more is known. */
    public StartingPoint(List<String> labels, Head head) {
        this(labels, head, false);
    }
}
