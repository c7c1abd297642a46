package io.headwater.trainer.evaluation;

import io.headwater.events.Quality;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Quality of probabilities against the true labels. */
public final class Evaluation {
    /** A label that was given no probability at all counts as if it had been given this much. */
    static final double LEAST_PROBABILITY = 1e-15;

    private Evaluation() {}

    /**
     * Accuracy and mean log loss. A true label that the model doesn't know is a wrong answer of probability
     * {@link #LEAST_PROBABILITY}.
     *
     * @param probabilities {@code [N][C]}
     * @param labels C class names of the model
     * @param truth N true class names, at least one
     */
    public static Quality quality(float[][] probabilities, List<String> labels, List<String> truth) {
        if (truth.isEmpty() || probabilities.length != truth.size()) {
            throw new IllegalArgumentException(
                    probabilities.length + " answers can't be measured against " + truth.size() + " labels");
        }
        int right = 0;
        for (boolean answer : right(probabilities, labels, truth)) {
            right += answer ? 1 : 0;
        }
        double loss = 0;
        for (int row = 0; row < probabilities.length; row++) {
            int target = labels.indexOf(truth.get(row));
            double probability = target < 0 ? 0 : probabilities[row][target];
            loss -= Math.log(Math.max(LEAST_PROBABILITY, probability));
        }
        return new Quality((double) right / truth.size(), loss / truth.size());
    }

    /**
     * For each example whether its most probable label is the true one.
     *
     * @param probabilities {@code [N][C]}
     * @param labels C class names of the model
     * @param truth N true class names
     */
    public static boolean[] right(float[][] probabilities, List<String> labels, List<String> truth) {
        boolean[] right = new boolean[truth.size()];
        for (int row = 0; row < right.length; row++) {
            right[row] = labels.get(best(probabilities[row])).equals(truth.get(row));
        }
        return right;
    }

    /**
     * Accuracy of always guessing the class that is commonest in the training part; of several the first by name.
     *
     * @param train class names of the training part
     * @param truth class names of the holdout, at least one
     */
    public static double baselineAccuracy(List<String> train, List<String> truth) {
        Map<String, Integer> counts = new HashMap<>();
        train.forEach(label -> counts.merge(label, 1, Integer::sum));
        String commonest = counts.entrySet().stream()
                .min(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
        return (double) truth.stream().filter(commonest::equals).count() / truth.size();
    }

    private static int best(float[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return best;
    }
}
