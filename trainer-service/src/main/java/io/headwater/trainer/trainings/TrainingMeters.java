package io.headwater.trainer.trainings;

import io.headwater.events.ModelPublished;
import io.headwater.events.TrainingCause;
import io.headwater.trainer.trainingset.ClassCount;
import io.headwater.trainer.trainingset.NewLabels;
import io.headwater.trainer.trainingset.TrainingSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Metrics of trainings and of the training set. */
@Singleton
class TrainingMeters implements TrainingListener {
    private final MeterRegistry meters;
    private final AtomicReference<Double> accuracy = new AtomicReference<>(Double.NaN);

    TrainingMeters(MeterRegistry meters, TrainingSet trainingSet, WaitingLabels waiting) {
        this.meters = meters;
        // All from the beginning: a rate can be taken of what was there before its first event.
        for (TrainingCause cause : TrainingCause.values()) {
            Stream.of(TrainingState.values())
                    .filter(TrainingState::hasEnded)
                    .forEach(result -> duration(result, cause));
        }
        Gauge.builder("headwater.training.labels.new", waiting, labels -> labels.now()
                        .count())
                .description("Labels that no training has seen yet")
                .register(meters);
        Gauge.builder("headwater.training.labels.age", waiting, labels -> age(labels.now(), Instant.now()))
                .description("How long the first of them has waited")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("headwater.examples", trainingSet, set -> set.counts().values().stream()
                        .mapToInt(ClassCount::train)
                        .sum())
                .description("Labelled examples")
                .tag("split", "train")
                .register(meters);
        Gauge.builder("headwater.examples", trainingSet, set -> set.counts().values().stream()
                        .mapToInt(ClassCount::holdout)
                        .sum())
                .description("Labelled examples")
                .tag("split", "holdout")
                .register(meters);
        Gauge.builder("headwater.training.accuracy", accuracy, AtomicReference::get)
                .description("Holdout accuracy of the last trained version, 0 to 1")
                .register(meters);
    }

    @Override
    public void ended(TrainingJob training, Optional<ModelPublished> version) {
        duration(training.state(), training.trigger().cause())
                .record(Duration.between(
                        training.startedAt().orElseThrow(), training.endedAt().orElseThrow()));
        version.ifPresent(model -> accuracy.set(model.getMetrics().getTrained().getAccuracy()));
    }

    private Timer duration(TrainingState result, TrainingCause cause) {
        return Timer.builder("headwater.training.duration")
                .description("Trainings, by how they ended and by what started them")
                .tag("result", result.word())
                .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private static double age(NewLabels labels, Instant now) {
        return labels.oldest()
                .map(first -> Duration.between(first, now).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
