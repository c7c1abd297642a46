package io.headwater.trainer.evaluation;

/** Throws of a fair coin. */
final class Coin {
    private Coin() {}

    /** Probability of at least {@code heads} heads in {@code throwsOfIt} throws; exact up to rounding. */
    static double atLeast(int heads, int throwsOfIt) {
        if (heads <= 0) {
            return 1;
        }
        // From the rarest up: each number of heads is n - k + 1 over k times as probable as one less.
        double log = -throwsOfIt * Math.log(2);
        double sum = 0;
        for (int tails = 0; tails <= throwsOfIt - heads; tails++) {
            sum += Math.exp(log);
            log += Math.log((double) (throwsOfIt - tails) / (tails + 1));
        }
        return Math.min(1, sum);
    }
}
