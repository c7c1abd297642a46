package io.headwater.trainer.rollouts;

import java.util.Map;
import java.util.TreeMap;

/**
 * Two versions on the same images, labelled or not. It can hold a version back, never push it forward.
 *
 * @param images that both answered
 * @param agreement share of them on which both say the same
 * @param confidenceShift mean confidence of the first less that of the second
 * @param stability population stability index of the predicted classes: 0 where both predict each class as often
 */
public record Traffic(long images, double agreement, double confidenceShift, double stability) {
    /** Added to each class, so that one that is never predicted weighs much and not infinitely. */
    private static final double SMOOTHING = 0.5;

    /**
     * Population stability index, Σ (p - q) ln(p / q) over the classes; Siddiqi, "Credit Risk Scorecards" (2006), calls
     * more than 0.25 a major shift.
     *
     * @param first how often each class was predicted by the one
     * @param second the same of the other
     */
    public static double stability(Map<String, Long> first, Map<String, Long> second) {
        Map<String, Long> all = new TreeMap<>(first);
        second.forEach(all::putIfAbsent);
        double firstTotal = total(first, all.size());
        double secondTotal = total(second, all.size());
        double index = 0;
        for (String label : all.keySet()) {
            double p = (first.getOrDefault(label, 0L) + SMOOTHING) / firstTotal;
            double q = (second.getOrDefault(label, 0L) + SMOOTHING) / secondTotal;
            index += (p - q) * Math.log(p / q);
        }
        return index;
    }

    private static double total(Map<String, Long> counts, int classes) {
        return counts.values().stream().mapToLong(Long::longValue).sum() + SMOOTHING * classes;
    }
}
