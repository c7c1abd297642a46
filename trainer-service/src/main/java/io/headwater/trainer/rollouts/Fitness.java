package io.headwater.trainer.rollouts;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a version is fit to be served, whatever labels say: plain functions of what the instances report. It is judged beside
 * another one on the same images in the same minutes, so what is wrong with both, such as a slow machine, is held against neither.
 */
final class Fitness {
    /** Fewer times say nothing about their median. */
    private static final int TIMED = 20;

    private static final double HALF = 0.5;
    private static final double MICROS = 1_000;

    private final RolloutSettings settings;

    Fitness(RolloutSettings settings) {
        this.settings = settings;
    }

    /** What is wrong with a version and not with the other; empty if nothing is, as far as is known. */
    Optional<String> fault(long version, long beside, DataPlane dataPlane) {
        VersionHealth own = dataPlane.health(version);
        VersionHealth other = dataPlane.health(beside);
        return failing(version, own, beside, other).or(() -> slow(version, own, beside, other));
    }

    private Optional<String> failing(long version, VersionHealth own, long beside, VersionHealth other) {
        double often = RateTest.evidence(own.failed(), own.images(), settings.maxFailureRate());
        // Of failures that come from elsewhere each of the two has half.
        double alone = RateTest.evidence(own.failed(), own.failed() + other.failed(), HALF);
        double evidence = Math.min(often, alone);
        return evidence < settings.level()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "It gave no probabilities of %d of the last %d images, version %d of %d of them; %s %% is the most"
                                + " (evidence %.3g of %.3g).",
                        own.failed(),
                        own.images(),
                        beside,
                        other.failed(),
                        percent(settings.maxFailureRate()),
                        evidence,
                        settings.level()));
    }

    private Optional<String> slow(long version, VersionHealth own, long beside, VersionHealth other) {
        Duration budget = settings.latencyBudget();
        return own.timed() < TIMED
                        || other.timed() < TIMED
                        || own.medianMicros() - other.medianAtMost() <= budget.toNanos() / MICROS
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "Its head takes %.2f ms for an image, that of version %d %.2f ms (medians of %d and %d images);"
                                + " %.2f ms more is the most.",
                        own.medianMicros() / MICROS,
                        beside,
                        other.medianMicros() / MICROS,
                        own.timed(),
                        other.timed(),
                        budget.toNanos() / MICROS / MICROS));
    }

    /** What a version has yet to show where another one was unfit; empty when it has. */
    Optional<String> missing(long version, DataPlane dataPlane) {
        VersionHealth own = dataPlane.health(version);
        return own.images() >= settings.minLabels() && own.timed() >= TIMED
                ? Optional.empty()
                : Optional.of("it has been scored on " + own.images() + " of " + settings.minLabels()
                        + " images and timed on " + own.timed() + " of " + TIMED);
    }

    private static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.4f", 100 * share);
        return text.replaceFirst("\\.?0+$", "");
    }
}
