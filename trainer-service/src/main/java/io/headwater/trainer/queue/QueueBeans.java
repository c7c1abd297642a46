package io.headwater.trainer.queue;

import io.headwater.config.StreamConfig;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.trainingset.TrainingSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the queue together. */
final class QueueBeans {

    @Produces
    @Singleton
    QueueSettings settings(QueueConfig config) {
        return config.settings();
    }

    @Produces
    @Singleton
    Candidates candidates(QueueSettings settings, MeterRegistry meters) {
        Candidates candidates = new Candidates(settings.candidates());
        Gauge.builder("headwater.queue.candidates", candidates, Candidates::size)
                .description("Unlabelled images that are ranked by what their label would teach")
                .register(meters);
        Gauge.builder("headwater.queue.checks", candidates, Candidates::heldOut)
                .description("Unlabelled images that are offered at random")
                .register(meters);
        return candidates;
    }

    @Produces
    @Singleton
    @Startup
    LabelQueue queue(
            QueueSettings settings,
            Candidates candidates,
            Registry registry,
            TrainingSet trainingSet,
            ArtifactStore store,
            StreamConfig stream) {
        LabelQueue queue = new LabelQueue(
                candidates,
                registry,
                trainingSet,
                store,
                settings,
                stream.toTopics().images().retention().orElseThrow(),
                Clock.systemUTC());
        queue.start();
        return queue;
    }

    void close(@Disposes LabelQueue queue) {
        queue.close();
    }
}
