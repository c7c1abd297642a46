package io.headwater.trainer.training;

import io.headwater.events.TrainingCause;
import io.headwater.trainer.trainingset.ClassCount;
import io.headwater.trainer.trainingset.NewLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * @param trigger why
     */
    public record Train(Trigger trigger) implements Decision {}

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
     * @param learnt the classes of the newest version; empty before the first
     * @param request what somebody asked for, if somebody did
     * @param qualityFall that the served version has become worse on live images, if it has and no training has answered
     *     that; a sentence for people
     * @param notBefore when a training may start by itself again
     * @param now the time
     */
    public record Situation(
            Map<String, ClassCount> classes,
            NewLabels fresh,
            Set<String> learnt,
            Optional<Trigger> request,
            Optional<String> qualityFall,
            Optional<Instant> notBefore,
            Instant now) {}

    /** Whether to train in this situation. Several reasons at the same time make one training, which names them all. */
    public Decision decide(Situation situation) {
        Optional<String> obstacle = obstacle(situation.classes());
        if (obstacle.isPresent()) {
            return new Wait(obstacle.get());
        }
        if (situation.request().isPresent()) {
            return new Train(situation.request().get());
        }
        if (situation.fresh().count() == 0) {
            // The same examples would make the same version, however bad it is on live images.
            return new Wait("No label is new since the last training.");
        }
        List<Trigger> triggers = Stream.of(newClass(situation), qualityFall(situation), labels(situation))
                .flatMap(Optional::stream)
                .toList();
        if (triggers.isEmpty()) {
            return new Wait(situation.fresh().count() + " of " + minNewLabels
                    + " new labels have come, and the oldest has waited "
                    + Math.max(0, waited(situation).toSeconds()) + " of " + maxLabelAge.toSeconds() + " s.");
        }
        if (situation.notBefore().filter(situation.now()::isBefore).isPresent()) {
            return new Wait("The last training ended only just now; the next starts not before "
                    + situation.notBefore().get() + ".");
        }
        return new Train(new Trigger(
                triggers.get(0).cause(),
                triggers.stream().map(Trigger::sentence).collect(Collectors.joining(" "))));
    }

    private Optional<Trigger> newClass(Situation situation) {
        if (situation.learnt().isEmpty()) {
            return Optional.empty();
        }
        List<String> names = situation.classes().entrySet().stream()
                .filter(entry ->
                        isLearnable(entry.getValue()) && !situation.learnt().contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Trigger(
                        TrainingCause.NEW_CLASS,
                        "New with " + minExamplesPerClass + " examples or more: " + String.join(", ", names) + "."));
    }

    private static Optional<Trigger> qualityFall(Situation situation) {
        return situation.qualityFall().map(sentence -> new Trigger(TrainingCause.LIVE_QUALITY, sentence));
    }

    private Optional<Trigger> labels(Situation situation) {
        int count = situation.fresh().count();
        if (count >= minNewLabels) {
            return Optional.of(new Trigger(TrainingCause.NEW_LABELS, count + " new labels had come."));
        }
        Duration waited = waited(situation);
        return waited.compareTo(maxLabelAge) <= 0
                ? Optional.empty()
                : Optional.of(new Trigger(
                        TrainingCause.LABEL_AGE,
                        count + " new labels had come, and the oldest had waited " + waited.toSeconds() + " s."));
    }

    private static Duration waited(Situation situation) {
        return Duration.between(situation.fresh().oldest().orElse(situation.now()), situation.now());
    }

    /** Why these examples can't be trained on; empty if they can. */
    public Optional<String> obstacle(Map<String, ClassCount> classes) {
        List<ClassCount> learnable =
                classes.values().stream().filter(this::isLearnable).toList();
        if (learnable.size() < MIN_CLASSES) {
            return Optional.of("At least " + MIN_CLASSES + " classes need " + minExamplesPerClass
                    + " examples to learn from; " + learnable.size() + " of " + classes.size() + " have them.");
        }
        return isMeasurable(learnable)
                ? Optional.empty()
                : Optional.of("No example is held out yet, so no version could be measured.");
    }

    private boolean isLearnable(ClassCount count) {
        return count.train() >= minExamplesPerClass;
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
