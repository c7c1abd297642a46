package io.headwater.trainer.rollouts;

/**
 * Whether something happens more often than a limit, looked at whenever one likes.
 *
 * <p>Each of a few gamblers believes in one rate above the limit, with odds of 2, 4, ... 256 times those of the limit; what it has is
 * the likelihood of the counts at its rate, divided by that at the limit. If the rate is the limit or less, that makes nobody richer on
 * average, whatever came before, and so does their mean. By Ville's inequality that ever reaches 1/a with a probability of
 * at most a. Wald, "Sequential tests of statistical hypotheses" (1945); the mixture of several: Robbins, "Statistical methods
 * related to the law of the iterated logarithm" (1970).
 */
final class RateTest {
    private static final int BELIEFS = 8;

    private RateTest() {}

    /**
     * The evidence of counts; 1 is none.
     *
     * @param happened how often it did
     * @param tries of so many
     * @param limit above 0 and below 1
     */
    static double evidence(long happened, long tries, double limit) {
        long not = Math.max(0, tries - happened);
        double odds = limit / (1 - limit);
        double sum = 0;
        for (int i = 0; i < BELIEFS; i++) {
            odds *= 2;
            double rate = odds / (1 + odds);
            sum += Math.exp(happened * Math.log(rate / limit) + not * Math.log((1 - rate) / (1 - limit)));
        }
        // A number that can be said in JSON.
        return Math.min(sum / BELIEFS, Double.MAX_VALUE);
    }
}
