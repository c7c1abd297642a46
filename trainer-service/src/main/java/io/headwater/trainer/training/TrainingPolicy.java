package io.headwater.trainer.training;

import io.headwater.trainer.trainingset.ClassCount;
import io.headwater.trainer.trainingset.NewLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides when to train, from nothing but its arguments.
 *
 * @param minNewLabels new labels at which a training starts
 * @param maxLabelAge time that a new label waits at most
 * @param minExamplesPerClass examples to learn from that a class must have
 * @param cooldown time between the end of a training and the next one that nobody asked for
 */
public record TrainingPolicy(int minNewLabels, Duration maxLabelAge, int minExamplesPerClass, Duration cooldown) {
    private static final int MIN_CLASSES = 2;

    /** Fails with a sentence when a number makes no sense. */
    public TrainingPolicy {
        require(minNewLabels >= 1, "min-new-labels", minNewLabels, "at least 1");
        require(!maxLabelAge.isNegative(), "max-label-age", maxLabelAge, "zero or more");
        require(minExamplesPerClass >= 1, "min-examples-per-class", minExamplesPerClass, "at least 1");
        require(!cooldown.isNegative(), "cooldown", cooldown, "zero or more");
    }

    /** What to do now. */
    public sealed interface Decision {}

    /**
     * Start a training.
     *
     * @param trigger why; a sentence for people
     */
    public record Train(String trigger) implements Decision {}

    /**
     * Start none.
     *
     * @param reason why not; a sentence for people
     */
    public record Wait(String reason) implements Decision {}

    /**
     * Everything the decision depends on.
     *
     * @param classes examples of each class
     * @param fresh what has come since the last training
     * @param request why somebody asked for a training, if somebody did
     * @param notBefore when a training may start by itself again
     * @param now the time
     */
    public record Situation(
            Map<String, ClassCount> classes,
            NewLabels fresh,
            Optional<String> request,
            Optional<Instant> notBefore,
            Instant now) {}

    /** Whether to train in this situation. */
    public Decision decide(Situation situation) {
        Optional<String> obstacle = obstacle(situation.classes());
        if (obstacle.isPresent()) {
            return new Wait(obstacle.get());
        }
        if (situation.request().isPresent()) {
            return new Train("Requested: " + situation.request().get());
        }
        int count = situation.fresh().count();
        if (count == 0) {
            return new Wait("No label is new since the last training.");
        }
        Duration waited = Duration.between(situation.fresh().oldest().orElse(situation.now()), situation.now());
        boolean enough = count >= minNewLabels;
        if (!enough && waited.compareTo(maxLabelAge) <= 0) {
            return new Wait(count + " of " + minNewLabels + " new labels have come, and the oldest has waited "
                    + Math.max(0, waited.toSeconds()) + " of " + maxLabelAge.toSeconds() + " s.");
        }
        if (situation.notBefore().filter(situation.now()::isBefore).isPresent()) {
            return new Wait("The last training ended only just now; the next starts not before "
                    + situation.notBefore().get() + ".");
        }
        return new Train(
                enough
                        ? count + " new labels had come."
                        : count + " new labels had come, and the oldest had waited " + waited.toSeconds() + " s.");
    }

    /** Why these examples can't be trained on; empty if they can. */
    public Optional<String> obstacle(Map<String, ClassCount> classes) {
        List<ClassCount> learnable = classes.values().stream()
                .filter(count -> count.train() >= minExamplesPerClass)
                .toList();
        if (learnable.size() < MIN_CLASSES) {
            return Optional.of("At least " + MIN_CLASSES + " classes need " + minExamplesPerClass
                    + " examples to learn from; " + learnable.size() + " of " + classes.size() + " have them.");
        }
        return isMeasurable(learnable)
                ? Optional.empty()
                : Optional.of("No example is held out yet, so no version could be measured.");
    }

    private static boolean isMeasurable(Collection<ClassCount> learnable) {
        return learnable.stream().anyMatch(count -> count.holdout() > 0);
    }

    private static void require(boolean holds, String key, Object value, String bounds) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "headwater.training." + key + " is " + value + ", but must be " + bounds);
        }
    }
}
