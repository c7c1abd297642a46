package io.headwater.trainer.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a sequence of answers, right or wrong, is worse than was promised, looked at after every one of them.
 *
 * <p>The hypothesis is that each answer is right with a probability of at least {@code promise}, whatever came before.
 * Against it bets a gambler: on a fall to 95, 90, 80, 60 or 30 % of the promise, beginning at the first answer and again
 * at every tenth later one, since nobody knows how far it falls, and when. Each bet multiplies what it has by the
 * likelihood ratio of the next answer, which under the hypothesis makes nobody richer on average; and so does any mixture
 * of the bets with weights that add up to 1, here 1/(j(j+1)) for the j-th beginning. By Ville's inequality the wealth, 1
 * at first, ever reaches 1/a with a probability of at most a: however often, and for however long, one looks.
 *
 * <p>Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86 (2024), for the bets
 * (of their {@code 1 + λ(m - x)} a bet on a fall to {@code q} is {@code λ = (m - q) / (m (1 - m))}); Ramdas, Grünwald,
 * Vovk and Shafer, "Game-theoretic statistics and safe anytime-valid inference", Statistical Science 38 (2023), for
 * Ville's inequality and the mixtures. The sums over all beginnings are kept as by Shin, Ramdas and Rinaldo,
 * "E-detectors", NEJSDS 2 (2023); their weights are another choice, for a false-alarm rate per time.
 */
public final class FallTest {
    private static final double[] FALLS = {0.95, 0.9, 0.8, 0.6, 0.3};
    private static final int BEGINNING = 10;

    private FallTest() {}

    /**
     * The most that the gambler ever had.
     *
     * @param answers whether each was right, in their order
     * @param promise the probability of being right, above 0 and below 1
     */
    public static double evidence(List<Boolean> answers, double promise) {
        return wealth(answers, promise).stream()
                .mapToDouble(Double::doubleValue)
                .reduce(1, Math::max);
    }

    /** What the gambler has after each answer. */
    public static List<Double> wealth(List<Boolean> answers, double promise) {
        double[] bets = new double[FALLS.length];
        double unspent = 1;
        List<Double> wealth = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            double begins = 0;
            if (i % BEGINNING == 0) {
                double j = Math.floorDiv(i, BEGINNING) + 1;
                begins = 1 / (j * (j + 1));
                unspent -= begins;
            }
            double total = unspent;
            for (int k = 0; k < bets.length; k++) {
                double ratio = answers.get(i) ? FALLS[k] : (1 - FALLS[k] * promise) / (1 - promise);
                bets[k] = (bets[k] + begins / bets.length) * ratio;
                total += bets[k];
            }
            // A number that can be said in JSON.
            wealth.add(Math.min(total, Double.MAX_VALUE));
        }
        return wealth;
    }
}
