package io.headwater.trainer.evaluation;

import io.headwater.events.Quality;
import java.util.Locale;
import java.util.Optional;

/** Decides whether a trained version may be served. */
public final class Gate {

    private Gate() {}

    /**
     * Whether a version may be served.
     *
     * @param passes whether it may
     * @param reason why, with the numbers; a sentence for people
     */
    public record Decision(boolean passes, String reason) {}

    /**
     * A version passes if it is right more often than always guessing the commonest class, and not worse than the stable
     * version on the same held-out examples.
     *
     * <p>Worse is one that is right less often, with one exception: if what it lost is within one standard error of the
     * paired difference, that is, losses - wins is at most the square root of losses + wins (McNemar's statistic is at most
     * 1), and its log loss is lower. Without it, two pictures of 400 would keep a version that learnt from half as many
     * examples again from being served.
     *
     * @param holdout number of held-out examples
     */
    public static Decision decide(Quality trained, double baselineAccuracy, Optional<Paired> stable, int holdout) {
        if (trained.getAccuracy() <= baselineAccuracy) {
            return new Decision(
                    false,
                    text(
                            "Its accuracy of %.4f on %d held-out examples is not better than the %.4f of always guessing"
                                    + " the commonest class.",
                            trained.getAccuracy(), holdout, baselineAccuracy));
        }
        return stable.map(paired -> against(paired, trained, holdout))
                .orElseGet(() -> new Decision(
                        true,
                        text(
                                "Its accuracy of %.4f on %d held-out examples beats the %.4f of always guessing the"
                                        + " commonest class, and no version was stable before.",
                                trained.getAccuracy(), holdout, baselineAccuracy)));
    }

    private static Decision against(Paired paired, Quality trained, int holdout) {
        Quality stable = paired.stable();
        boolean passes =
                paired.losses() <= paired.wins() || withinNoise(paired) && trained.getLogLoss() < stable.getLogLoss();
        return new Decision(
                passes,
                text(
                        "It is %s than the stable version: on %d held-out examples accuracy %.4f against %.4f, log loss"
                                + " %.4f against %.4f; right on %d where that is wrong, wrong on %d where that is right.",
                        passes ? "not worse" : "worse",
                        holdout,
                        trained.getAccuracy(),
                        stable.getAccuracy(),
                        trained.getLogLoss(),
                        stable.getLogLoss(),
                        paired.wins(),
                        paired.losses()));
    }

    private static boolean withinNoise(Paired paired) {
        return paired.losses() - paired.wins() <= Math.sqrt(paired.losses() + paired.wins());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
