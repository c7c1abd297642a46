package io.headwater.trainer.rollouts;

import io.headwater.trainer.quality.FallTest;
import java.util.List;

/**
 * Two versions on the same labelled images.
 *
 * <p>Evidence of 1 is none; what is said wrongly reaches 1/a with a probability of at most a, over all looks together.
 * Worse and better are bets on the images on which only one of the two is right: of equals each is right on half of these,
 * whatever came before ({@link FallTest}).
 *
 * @param version the first
 * @param against the second
 * @param images that both answered and somebody labelled
 * @param wins on which only the first is right
 * @param losses on which only the second is right
 * @param notWorse evidence that the first is not worse by the tolerance
 * @param better evidence that the first is better
 * @param worse evidence that the first is worse
 */
public record PairedEvidence(
        long version, long against, int images, int wins, int losses, double notWorse, double better, double worse) {
    private static final double HALF = 0.5;

    /**
     * Weighs what the images say.
     *
     * @param outcomes of each image +1 if only the first is right, -1 if only the second is, else 0; in the order in which
     *     the labels were given
     */
    public static PairedEvidence of(long version, long against, List<Integer> outcomes, double tolerance) {
        List<Boolean> first = outcomes.stream()
                .filter(outcome -> outcome != 0)
                .map(outcome -> outcome > 0)
                .toList();
        int wins = (int) first.stream().filter(won -> won).count();
        return new PairedEvidence(
                version,
                against,
                outcomes.size(),
                wins,
                first.size() - wins,
                NotWorseTest.evidence(outcomes, tolerance),
                FallTest.evidence(first.stream().map(won -> !won).toList(), HALF),
                FallTest.evidence(first, HALF));
    }

    /** The counts, for people. */
    String text() {
        return "Beside version " + against + " on " + images + " labelled images: right on " + wins
                + " where that is wrong, wrong on " + losses + " where that is right";
    }
}
