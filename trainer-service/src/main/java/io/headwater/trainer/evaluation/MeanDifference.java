package io.headwater.trainer.evaluation;

import io.headwater.events.Estimate;

/**
 * The mean of paired differences.
 *
 * @param mean of them
 * @param standardError of the mean; 0 if there are fewer than two
 * @param examples pairs
 */
public record MeanDifference(double mean, double standardError, int examples) {

    /** First less second, pair by pair. */
    public static MeanDifference of(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " numbers can't be compared with " + second.length);
        }
        int n = first.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += first[i] - second[i];
        }
        double mean = n == 0 ? 0 : sum / n;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double distance = first[i] - second[i] - mean;
            squares += distance * distance;
        }
        return new MeanDifference(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n), n);
    }

    /** What the true mean is below, but for this risk: one-sided, by Student's distribution. Nothing is, of fewer than two. */
    public double atMost(double risk) {
        return examples < 2 ? Double.POSITIVE_INFINITY : mean + standardError * Normal.exceededWith(risk, examples - 1);
    }

    /** With its two-sided interval; of fewer than two the interval is the value. */
    Estimate estimate(double confidence) {
        double half = examples < 2 ? 0 : standardError * Normal.exceededWith((1 - confidence) / 2, examples - 1);
        return new Estimate(mean, mean - half, mean + half);
    }
}
