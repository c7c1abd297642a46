package io.headwater.benchmarks.rollout;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What it takes to promote a version without pairing: a canary answers 10 % of the images, the stable version the others,
 * and each image has the answer of one of them. With the same tolerance and the same risk as the paired test.
 */
final class UnpairedCanary {
    private static final double SHARE = 0.1;
    /** The normal distribution exceeds it with a probability of 1 %. */
    private static final double Z_ERROR = 2.3263478740408408;
    /** The same with 20 %. */
    private static final double Z_POWER = 0.8416212335729143;
    /** Parts of the bet that wins fastest if the version is as good as it is: the bets know what they can't know. */
    private static final double[] PARTS = {0.25, 0.5, 1, 2};

    private UnpairedCanary() {}

    /**
     * Labels until a sequential test, valid at every look, shows that the version is not worse by the tolerance.
     *
     * <p>Of each image, right answers of the canary count 1/0.1 and those of stable -1/0.9, each less the true accuracy of
     * stable, which is given away here for the smallest variance; the mean is the difference of the accuracies. The bets are
     * those of Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86 (2024), and
     * the weights those of Waudby-Smith, Wu, Ramdas, Karampatziakis and Mineiro, "Anytime-valid off-policy inference for
     * contextual bandits", ACM/IMS J. Data Science 1 (2024).
     */
    static Optional<Integer> sequential(Pair pair, double tolerance, double level, int most, SplittableRandom random) {
        double best = (pair.better() + tolerance) / variance(pair);
        // No outcome may ruin a bet.
        double largest = 0.99 / (pair.accuracy() / SHARE - tolerance);
        double[] logs = new double[PARTS.length];
        for (int i = 1; i <= most; i++) {
            Pair.Answers answers = pair.answer(random);
            double x = random.nextDouble() < SHARE
                    ? ((answers.candidate() ? 1 : 0) - pair.accuracy()) / SHARE
                    : -((answers.stable() ? 1 : 0) - pair.accuracy()) / (1 - SHARE);
            double wealth = 0;
            for (int k = 0; k < PARTS.length; k++) {
                logs[k] += Math.log1p(Math.min(largest, PARTS[k] * best) * (x + tolerance));
                wealth += Math.exp(logs[k]) / PARTS.length;
            }
            if (wealth >= level) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /**
     * Labels of a test of a size that is fixed before, and looked at once: two proportions, one-sided, 1 %, which shows it in
     * 80 % of the tries.
     */
    static long fixed(Pair pair, double tolerance) {
        double effect = pair.better() + tolerance;
        return Math.round(Math.ceil((Z_ERROR + Z_POWER) * (Z_ERROR + Z_POWER) * variance(pair) / (effect * effect)));
    }

    private static double variance(Pair pair) {
        double candidate = pair.accuracy() + pair.better();
        return candidate * (1 - candidate) / SHARE + pair.accuracy() * (1 - pair.accuracy()) / (1 - SHARE);
    }
}
