package io.headwater.trainer.examples;

import io.headwater.trainer.trainingset.ClassCount;
import io.headwater.trainer.trainingset.TrainingSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** Metrics of what is labelled and not learnt from. */
@Singleton
final class ExamplesMeters implements MeterBinder {
    private final TrainingSet trainingSet;
    private final LabelBacklog backlog;

    ExamplesMeters(TrainingSet trainingSet, LabelBacklog backlog) {
        this.trainingSet = trainingSet;
        this.backlog = backlog;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("headwater.examples.set.aside", trainingSet, set -> set.counts().values().stream()
                        .mapToInt(ClassCount::setAside)
                        .sum())
                .description("Held-out examples that are nearly the same picture as one that is learnt from")
                .register(meters);
        Gauge.builder("headwater.labels.without.image", backlog, waiting -> waiting.count()
                        .waiting())
                .description("Labels that make no example yet, in the partitions that this trainer works on")
                .tag("state", "waiting")
                .register(meters);
        Gauge.builder("headwater.labels.without.image", backlog, waiting -> waiting.count()
                        .late())
                .description("Labels that make no example yet, in the partitions that this trainer works on")
                .tag("state", "late")
                .register(meters);
    }
}
