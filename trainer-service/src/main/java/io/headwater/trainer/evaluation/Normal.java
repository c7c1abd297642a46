package io.headwater.trainer.evaluation;

/** The standard normal distribution, and Student's. */
final class Normal {
    private Normal() {}

    /** Probability of a value above {@code z}; to 1.5e-7 (Abramowitz and Stegun, 7.1.26). */
    static double above(double z) {
        if (z < 0) {
            return 1 - above(-z);
        }
        double x = z / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        double polynomial =
                t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return 0.5 * polynomial * Math.exp(-x * x);
    }

    /** The value that is exceeded with this probability, between 1e-6 and a half. */
    static double exceededWith(double probability) {
        double low = 0;
        double high = 5;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (above(middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * The same for Student's distribution: the expansion in 1 / degrees, which is right to 1 % from five degrees of freedom
     * on at a level of 0.01 (Abramowitz and Stegun, 26.7.5).
     */
    static double exceededWith(double probability, int degrees) {
        double x = exceededWith(probability);
        double x2 = x * x;
        double v = degrees;
        return x
                + x * (x2 + 1) / (4 * v)
                + x * ((5 * x2 + 16) * x2 + 3) / (96 * v * v)
                + x * (((3 * x2 + 19) * x2 + 17) * x2 - 15) / (384 * v * v * v);
    }
}
