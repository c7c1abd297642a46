package io.headwater.trainer.training;

import java.util.List;

/**
 * The head that a training may start from.
 *
 * @param labels its class names, in the order of its probabilities; those of the training may differ
 * @param head its weights
 */
public record StartingPoint(List<String> labels, Head head) {

    /** Checks that both have the same number of classes. */
    public StartingPoint {
        labels = List.copyOf(labels);
        if (labels.size() != head.classes()) {
            throw new IllegalArgumentException(labels.size() + " labels do not name " + head.classes() + " classes");
        }
    }
}
