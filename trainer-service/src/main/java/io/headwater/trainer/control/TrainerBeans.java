package io.headwater.trainer.control;

import io.headwater.config.StreamConfig;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.backbone.BackboneConfig;
import io.headwater.trainer.backbone.EmbeddingGraph;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.training.TrainingConfig;
import io.headwater.trainer.trainingset.TrainingSet;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Puts the trainer together. */
final class TrainerBeans {

    @Produces
    @Singleton
    TrainerSettings settings(
            StreamConfig stream,
            TrainerConfig trainer,
            TrainingConfig training,
            BackboneConfig backbone,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return new TrainerSettings(
                new HashMap<>(kafka),
                stream.topicPrefix().orElse(""),
                stream.toTopics(),
                stream.topics().replicationFactor(),
                stream.toFormat(),
                ArtifactStore.at(trainer.artifacts()),
                trainer.stateDir(),
                backbone.source(),
                training.policy(),
                training.hyperparameters(),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    ArtifactStore store(TrainerSettings settings) {
        return settings.store();
    }

    @Produces
    @Singleton
    Registry registry() {
        return new Registry();
    }

    @Produces
    @Singleton
    TrainingSet trainingSet() {
        return new TrainingSet(EmbeddingGraph.DIMENSION);
    }

    @Produces
    @Singleton
    Trainings trainings(TrainerSettings settings) {
        return new Trainings(settings.policy(), settings.clock());
    }

    @Produces
    @Singleton
    ControlPlane controlPlane(
            TrainerSettings settings,
            Registry registry,
            TrainingSet trainingSet,
            Trainings trainings,
            TrainingMeters meters) {
        return new ControlPlane(settings, registry, trainingSet, trainings, meters, TrainerLifecycle::refuse);
    }
}
