package io.headwater.trainer.drift;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A window of images beside the reference.
 *
 * @param from when its first image was embedded
 * @param to when its last was
 * @param images how many they are
 * @param version the stable version, whose held-out images are the reference
 * @param reference how many these are
 * @param statistic squared distance of the two samples, a maximum mean discrepancy
 * @param p probability of a distance as large if nothing has changed
 * @param drifted whether that is at most the false-alarm rate
 * @param answers how the version's answers are shared out
 */
public record WindowResult(
        Instant from,
        Instant to,
        int images,
        long version,
        int reference,
        double statistic,
        double p,
        boolean drifted,
        AnswerShares answers) {
    private static final double NOTABLE = 0.02;
    private static final int MOST_CLASSES = 3;

    /** That it has drifted, with the numbers; empty if it has not. A sentence or two for people. */
    public Optional<String> sentence() {
        if (!drifted) {
            return Optional.empty();
        }
        String classes = answers.classes().entrySet().stream()
                .filter(one -> one.getValue().index() >= NOTABLE)
                .sorted(Comparator.comparingDouble(one -> -one.getValue().index()))
                .limit(MOST_CLASSES)
                .map(WindowResult::text)
                .collect(Collectors.joining(", "));
        return Optional.of(String.format(
                Locale.ROOT,
                "The last %d images are not like the %d that version %d was measured on (p = %.3f): %s.",
                images,
                reference,
                version,
                p,
                classes.isEmpty() ? "its answers are shared out as before, but the pictures look different" : classes));
    }

    private static String text(Map.Entry<String, AnswerShares.Share> one) {
        return String.format(
                Locale.ROOT,
                "%s is %.0f %% of the answers instead of %.0f %%",
                one.getKey(),
                100 * one.getValue().now(),
                100 * one.getValue().before());
    }
}
