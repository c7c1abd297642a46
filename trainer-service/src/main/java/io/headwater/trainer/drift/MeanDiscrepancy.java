package io.headwater.trainer.drift;

import java.util.Random;

/**
 * Whether two samples are of one distribution: the squared distance of the means of their features, which for
 * {@link FourierFeatures} is nearly the maximum mean discrepancy (Gretton, Borgwardt, Rasch, Schölkopf and Smola, "A kernel
 * two-sample test", JMLR 13, 2012).
 *
 * <p>How large it must be is not taken from a limit theorem: the images of both samples are dealt out anew
 * {@value #PERMUTATIONS} times, and the p-value is the share of deals, the real one included, whose distance is at least as
 * large. If the images of both come from one distribution, independently of each other, every deal is as probable as the real
 * one; so a p-value of at most a comes with a probability of at most a, whatever the distribution and the size of the samples
 * (Phipson and Smyth, "Permutation p-values should never be zero", 2010). That holds for features which treat both samples
 * alike: none that were fitted on one of the two.
 *
 * @param statistic the squared distance
 * @param p the p-value
 */
record MeanDiscrepancy(double statistic, double p) {
    static final int PERMUTATIONS = 999;

    /** Compares two samples of features, each at least one. */
    static MeanDiscrepancy of(float[][] reference, float[][] window, long seed) {
        float[][] all = new float[reference.length + window.length][];
        System.arraycopy(window, 0, all, 0, window.length);
        System.arraycopy(reference, 0, all, window.length, reference.length);
        double[] total = sum(all, all.length);
        double statistic = distance(all, total, window.length);
        Random random = new Random(seed);
        int atLeast = 1;
        for (int deal = 0; deal < PERMUTATIONS; deal++) {
            for (int i = 0; i < window.length; i++) {
                int other = i + random.nextInt(all.length - i);
                float[] swapped = all[i];
                all[i] = all[other];
                all[other] = swapped;
            }
            // Sums in another order differ in the last digits.
            atLeast += distance(all, total, window.length) >= statistic * (1 - 1e-9) ? 1 : 0;
        }
        return new MeanDiscrepancy(statistic, atLeast / (PERMUTATIONS + 1.0));
    }

    /** Between the mean of the first and that of the rest. */
    private static double distance(float[][] all, double[] total, int first) {
        double[] part = sum(all, first);
        double squared = 0;
        for (int f = 0; f < part.length; f++) {
            double difference = part[f] / first - (total[f] - part[f]) / (all.length - first);
            squared += difference * difference;
        }
        return squared;
    }

    private static double[] sum(float[][] rows, int count) {
        double[] sum = new double[rows[0].length];
        for (int i = 0; i < count; i++) {
            float[] row = rows[i];
            for (int f = 0; f < sum.length; f++) {
                sum[f] += row[f];
            }
        }
        return sum;
    }
}
