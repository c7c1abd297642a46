package io.headwater.trainer.examples;

import io.headwater.trainer.trainingset.ClassCount;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much there is to learn from.
 *
 * @param total examples
 * @param train examples that are learnt from
 * @param holdout examples that are only measured on
 * @param setAside held-out examples that are nearly the same picture as one that is learnt from, and are not measured on
 * @param minExamplesPerClass examples to learn from that a class must have to be learnt
 * @param labelsWithoutImage labels that make no example yet, in the partitions that this trainer works on
 * @param classes the same for each class
 */
public record ExamplesView(
        int total,
        int train,
        int holdout,
        int setAside,
        int minExamplesPerClass,
        LabelBacklog.Count labelsWithoutImage,
        Map<String, ClassView> classes) {

    /**
     * One class.
     *
     * @param train examples that are learnt from, once there are enough
     * @param holdout examples that are only measured on
     * @param setAside held-out examples that are not measured on
     * @param learnt whether there are enough
     * @param missing examples to learn from that are missing until then
     */
    public record ClassView(int train, int holdout, int setAside, boolean learnt, int missing) {
        static ClassView of(ClassCount count, int minExamples) {
            return new ClassView(
                    count.train(),
                    count.holdout(),
                    count.setAside(),
                    count.train() >= minExamples,
                    Math.max(0, minExamples - count.train()));
        }
    }

    static ExamplesView of(Map<String, ClassCount> counts, int minExamples, LabelBacklog.Count labelsWithoutImage) {
        Map<String, ClassView> classes = new TreeMap<>();
        counts.forEach((label, count) -> classes.put(label, ClassView.of(count, minExamples)));
        return new ExamplesView(
                counts.values().stream().mapToInt(ClassCount::total).sum(),
                counts.values().stream().mapToInt(ClassCount::train).sum(),
                counts.values().stream().mapToInt(ClassCount::holdout).sum(),
                counts.values().stream().mapToInt(ClassCount::setAside).sum(),
                minExamples,
                labelsWithoutImage,
                classes);
    }
}
