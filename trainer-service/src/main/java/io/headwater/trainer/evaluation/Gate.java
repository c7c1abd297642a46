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
     * A version passes if it is right more often than always guessing the commonest class, and not less often than the
     * stable version, all on the same holdout.
     */
    public static Decision decide(Quality trained, double baselineAccuracy, Optional<Quality> stable, int holdout) {
        if (trained.getAccuracy() <= baselineAccuracy) {
            return new Decision(
                    false,
                    text(
                            "Its accuracy of %.4f on %d held-out examples is not better than the %.4f of always guessing"
                                    + " the commonest class.",
                            trained.getAccuracy(), holdout, baselineAccuracy));
        }
        if (stable.isEmpty()) {
            return new Decision(
                    true,
                    text(
                            "Its accuracy of %.4f on %d held-out examples beats the %.4f of always guessing the commonest"
                                    + " class, and no version was stable before.",
                            trained.getAccuracy(), holdout, baselineAccuracy));
        }
        boolean passes = trained.getAccuracy() >= stable.get().getAccuracy();
        return new Decision(
                passes,
                text(
                        "Its accuracy of %.4f on %d held-out examples is %s than the %.4f of the stable version.",
                        trained.getAccuracy(),
                        holdout,
                        passes ? "not less" : "less",
                        stable.get().getAccuracy()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
