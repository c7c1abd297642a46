package io.headwater.trainer.quality;

/**
 * What a probability is at least, given how often something happened: the lower end of the interval of Clopper and
 * Pearson ("The use of confidence or fiducial limits illustrated in the case of the binomial", 1934). It is exact: the
 * probability is below it no more often than allowed, however few the trials.
 */
final class ExactBound {
    private static final int HALVINGS = 60;

    private ExactBound() {}

    /**
     * @param part times that it happened
     * @param whole trials
     * @param errorRate how often the true probability may be below the bound, 0 to 1
     */
    static double below(long part, long whole, double errorRate) {
        if (part == 0) {
            return 0;
        }
        double low = 0;
        double high = (double) part / whole;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (atLeast(part, whole, middle) > errorRate) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The probability that it happens {@code part} times or more. */
    private static double atLeast(long part, long whole, double probability) {
        if (probability == 0) {
            return 0;
        }
        // From the first term on; above the mean each next one is smaller.
        double odds = probability / (1 - probability);
        double term = Math.exp(
                logChoose(part, whole) + part * Math.log(probability) + (whole - part) * Math.log1p(-probability));
        double sum = term;
        for (long k = part; k < whole && term > sum * 1e-17; k++) {
            term *= odds * (whole - k) / (k + 1);
            sum += term;
        }
        return Math.min(1, sum);
    }

    private static double logChoose(long part, long whole) {
        double sum = 0;
        for (long k = 1; k <= Math.min(part, whole - part); k++) {
            sum += Math.log((double) (whole - Math.min(part, whole - part) + k) / k);
        }
        return sum;
    }
}
