package io.headwater.trainer.trainings;

import io.headwater.events.ModelPublished;
import io.headwater.trainer.trainingset.ClassCount;
import io.headwater.trainer.trainingset.TrainingSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Metrics of trainings and of the training set. */
@Singleton
class TrainingMeters implements TrainingListener {
    private final MeterRegistry meters;
    private final AtomicReference<Double> accuracy = new AtomicReference<>(Double.NaN);

    TrainingMeters(MeterRegistry meters, TrainingSet trainingSet) {
        this.meters = meters;
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
        Timer.builder("headwater.training.duration")
                .description("Trainings, by how they ended and by what started them")
                .tag("result", training.state().word())
                .tag("cause", training.trigger().cause().name().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(Duration.between(
                        training.startedAt().orElseThrow(), training.endedAt().orElseThrow()));
        version.ifPresent(model -> accuracy.set(model.getMetrics().getTrained().getAccuracy()));
    }
}
