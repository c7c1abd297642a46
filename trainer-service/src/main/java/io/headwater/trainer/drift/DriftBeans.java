package io.headwater.trainer.drift;

import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.trainingset.TrainingSet;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;

/** Puts the watch together. */
final class DriftBeans {

    @Produces
    @Singleton
    DriftSettings settings(DriftConfig config) {
        return config.settings();
    }

    @Produces
    @Singleton
    DriftWatch watch(
            Registry registry,
            TrainingSet trainingSet,
            ArtifactStore store,
            DriftSettings settings,
            MeterRegistry meters) {
        DriftWatch watch =
                new DriftWatch(registry, trainingSet, store, settings, Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task, "drift");
                    thread.setDaemon(true);
                    thread.setPriority(Thread.MIN_PRIORITY);
                    return thread;
                }));
        Gauge.builder("headwater.drift.p", watch, known -> known.last()
                        .map(WindowResult::p)
                        .orElse(Double.NaN))
                .description("Probability of what the last window of images shows if nothing has changed")
                .register(meters);
        Gauge.builder("headwater.drift.psi", watch, known -> known.last()
                        .map(result -> result.answers().index())
                        .orElse(Double.NaN))
                .description("Population stability index of the stable version's answers in the last window")
                .register(meters);
        FunctionCounter.builder("headwater.drift.windows", watch, DriftWatch::compared)
                .description("Windows of images that were compared with the reference")
                .register(meters);
        FunctionCounter.builder("headwater.drift.alarms", watch, DriftWatch::drifted)
                .description("Windows of images that were not like the reference")
                .register(meters);
        FunctionCounter.builder("headwater.drift.left.out", watch, DriftWatch::leftOut)
                .description("Windows of images that came while another one was compared")
                .register(meters);
        return watch;
    }
}
