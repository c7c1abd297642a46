package io.headwater.trainer.drift;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a version's answers are shared out among the classes, now and on the reference: the population stability index,
 * {@code sum (now - before) ln(now / before)} (Siddiqi, "Credit Risk Scorecards", 2006; below 0.1 is usually called
 * stable, above 0.25 a change). It has no known false-alarm rate: it explains, and raises no alarm. Half an answer is added to each
 * class on both sides, so that an answer that was never given does not make it infinite.
 *
 * @param index the population stability index
 * @param classes each class
 */
public record AnswerShares(double index, Map<String, Share> classes) {

    /**
     * A class.
     *
     * @param before its share of the answers on the reference, 0 to 1
     * @param now its share of the answers in the window, 0 to 1
     * @param index what it adds to the index
     */
    public record Share(double before, double now, double index) {}

    static AnswerShares of(List<String> labels, float[][] reference, float[][] window) {
        int[] before = counts(reference, labels.size());
        int[] now = counts(window, labels.size());
        Map<String, Share> classes = new TreeMap<>();
        double index = 0;
        for (int c = 0; c < before.length; c++) {
            double was = (before[c] + 0.5) / (reference.length + 0.5 * before.length);
            double is = (now[c] + 0.5) / (window.length + 0.5 * before.length);
            double part = (is - was) * Math.log(is / was);
            index += part;
            classes.put(
                    labels.get(c),
                    new Share((double) before[c] / reference.length, (double) now[c] / window.length, part));
        }
        return new AnswerShares(index, classes);
    }

    private static int[] counts(float[][] probabilities, int classes) {
        int[] counts = new int[classes];
        for (float[] answer : probabilities) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = answer[c] > answer[best] ? c : best;
            }
            counts[best]++;
        }
        return counts;
    }
}
