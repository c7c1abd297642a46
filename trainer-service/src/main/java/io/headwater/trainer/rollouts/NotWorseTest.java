package io.headwater.trainer.rollouts;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether one version is at most a little less often right than another, looked at after every image that both answered.
 *
 * <p>An image gives +1 if only the first is right, -1 if only the second is, else 0. The hypothesis is that its mean is
 * {@code -tolerance} or less: the first is worse by the tolerance at least. Against it bets a gambler: each bet multiplies
 * what it has by {@code 1 + λ(x + tolerance)}, which under the hypothesis makes nobody richer on average, whatever came
 * before, and so does a mixture of bets of several sizes λ. By Ville's inequality the wealth, 1 at first, ever reaches 1/a
 * with a probability of at most a, however often one looks.
 *
 * <p>Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86 (2024): the capital
 * process with a mixture over a grid of constant bets, for a bounded mean and one side.
 */
public final class NotWorseTest {
    /**
     * Parts of the largest bet that no outcome can ruin. Small ones serve equals that differ often, large ones clear cases; few,
     * because each has only its share of the stake.
     */
    private static final double[] PARTS = {0.08, 0.2, 0.45, 0.85};

    /** The stake of each. They add up to 1, which is all that the test needs; the middle one wins most often. */
    private static final double[] STAKES = {0.15, 0.2, 0.4, 0.25};

    private NotWorseTest() {}

    /**
     * What the gambler has now. The evidence of now, not the most there ever was: a step forward relies on what still holds.
     *
     * @param outcomes +1, 0 or -1 of each image, in their order
     * @param tolerance above 0 and below 1
     */
    public static double evidence(List<Integer> outcomes, double tolerance) {
        List<Double> wealth = wealth(outcomes, tolerance);
        return wealth.isEmpty() ? 1 : wealth.get(wealth.size() - 1);
    }

    /** What the gambler has after each image. */
    public static List<Double> wealth(List<Integer> outcomes, double tolerance) {
        double[] logs = new double[PARTS.length];
        List<Double> wealth = new ArrayList<>(outcomes.size());
        for (int outcome : outcomes) {
            double total = 0;
            for (int k = 0; k < logs.length; k++) {
                logs[k] += Math.log1p(PARTS[k] / (1 - tolerance) * (outcome + tolerance));
                total += STAKES[k] * Math.exp(logs[k]);
            }
            // A number that can be said in JSON.
            wealth.add(Math.min(total, Double.MAX_VALUE));
        }
        return wealth;
    }
}
