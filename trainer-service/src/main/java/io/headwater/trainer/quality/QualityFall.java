package io.headwater.trainer.quality;

import io.headwater.events.ModelPublished;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides whether a version has become worse on live images than its holdout promised: a plain function.
 *
 * <p>A steady version is said to have fallen with a probability of at most the false-alarm rate, over all looks from its
 * training to the first training that a fall starts, and from each such training to the next. One half of the rate is for
 * the holdout, which is a sample too: the promise is not its accuracy but what the true one is at least
 * ({@link ExactBound}). The other half is for the live images ({@link FallTest}). The holdout is the measure, not the
 * version's own first live images: it is what the gate believed, and a version that was bad from its first live image on
 * has fallen too.
 *
 * <p>Images of classes that the version never learnt are left out: it can only be wrong on them, and a new class starts a
 * training of its own.
 *
 * <p>Where others label too, nobody says so alone: it has fallen only if it would have without the labels of any one of
 * them ({@link Testimony}).
 *
 * <p>It believes that the images that count are like all images: those of the random sample, or all if
 * {@code headwater.quality.counted} says so. Where people label chiefly what they see the version get wrong, whatever the
 * queue offers, it looks worse than it is.
 */
final class QualityFall {
    private QualityFall() {}

    /**
     * How a version stands; empty if its holdout promises nothing.
     *
     * @param since labels that were given later count: what has led to a training is not used again
     * @param live what the labels say
     */
    static Optional<FallCheck> check(
            ModelPublished version, Instant since, LiveQuality live, QualitySettings settings) {
        long holdout = version.getHoldoutExamples();
        double expected = version.getMetrics().getTrained().getAccuracy();
        double promised = ExactBound.below(Math.round(expected * holdout), holdout, settings.falseAlarmRate() / 2);
        if (promised <= 0) {
            return Optional.empty();
        }
        Testimony<Boolean> testimony =
                live.outcomes(version.getVersion(), since, Set.copyOf(version.getLabels()), settings.counted());
        Function<List<Boolean>, FallCheck> check = answers -> check(version, since, promised, answers, settings);
        FallCheck whole = check.apply(testimony.whole());
        Stream<Testimony.Without<Boolean>> suspects = whole.fallen() ? testimony.withoutEach() : Stream.empty();
        return Optional.of(
                suspects.filter(without -> !check.apply(without.left()).fallen())
                        .findFirst()
                        .map(without -> whole.saidBy(without.annotator()))
                        .orElse(whole));
    }

    private static FallCheck check(
            ModelPublished version, Instant since, double promised, List<Boolean> answers, QualitySettings settings) {
        List<Boolean> recent = answers.subList(Math.max(0, answers.size() - settings.recentImages()), answers.size());
        double right = recent.stream().filter(Boolean::booleanValue).count();
        double recentAccuracy = recent.isEmpty() ? 0 : right / recent.size();
        double evidence = FallTest.evidence(answers, promised);
        double alarm = 2 / settings.falseAlarmRate();
        return new FallCheck(
                version.getVersion(),
                version.getMetrics().getTrained().getAccuracy(),
                promised,
                since,
                answers.size(),
                recent.size(),
                recentAccuracy,
                evidence,
                alarm,
                evidence >= alarm && recentAccuracy < promised,
                Optional.empty());
    }
}
