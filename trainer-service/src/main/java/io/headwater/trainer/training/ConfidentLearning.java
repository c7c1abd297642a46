package io.headwater.trainer.training;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds examples whose label is probably wrong (Northcutt, Jiang and Chuang, 2021, "Confident Learning: Estimating
 * Uncertainty in Dataset Labels"). The threshold of a class is the mean probability that its own examples are given; an
 * example is counted to the most probable of the classes whose threshold it reaches. It is suspected if that is not its
 * label, and is more probable than its label.
 */
public final class ConfidentLearning {
    private ConfidentLearning() {}

    /**
     * An example whose label is probably wrong.
     *
     * @param row its number
     * @param suggested the class it is counted to
     * @param margin how much more probable that is than its label, 0 to 1
     */
    public record Finding(int row, int suggested, float margin) {}

    /**
     * The suspected examples, those of the largest margin first.
     *
     * @param probabilities {@code [N][C]}, by heads that did not learn from the example
     * @param given N classes
     */
    public static List<Finding> findings(float[][] probabilities, int[] given) {
        if (given.length == 0) {
            return List.of();
        }
        double[] thresholds = thresholds(probabilities, given);
        return IntStream.range(0, given.length)
                .mapToObj(row -> finding(row, probabilities[row], given[row], thresholds))
                .filter(finding -> finding.margin() > 0)
                .sorted(Comparator.comparingDouble(Finding::margin).reversed().thenComparing(Finding::row))
                .toList();
    }

    private static double[] thresholds(float[][] probabilities, int[] given) {
        int classes = probabilities[0].length;
        double[] sums = new double[classes];
        int[] counts = new int[classes];
        for (int row = 0; row < given.length; row++) {
            sums[given[row]] += probabilities[row][given[row]];
            counts[given[row]]++;
        }
        for (int c = 0; c < classes; c++) {
            sums[c] = counts[c] == 0 ? Double.POSITIVE_INFINITY : sums[c] / counts[c];
        }
        return sums;
    }

    private static Finding finding(int row, float[] probabilities, int given, double[] thresholds) {
        int best = given;
        for (int c = 0; c < probabilities.length; c++) {
            boolean better = best == given || probabilities[c] > probabilities[best];
            if (c != given && probabilities[c] >= thresholds[c] && better) {
                best = c;
            }
        }
        boolean countedToItsLabel =
                probabilities[given] >= thresholds[given] && probabilities[given] >= probabilities[best];
        return new Finding(row, best, countedToItsLabel ? 0 : probabilities[best] - probabilities[given]);
    }
}
