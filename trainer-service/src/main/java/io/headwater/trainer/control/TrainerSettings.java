package io.headwater.trainer.control;

import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.TrainingPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a trainer is made from.
 *
 * @param kafka client configuration
 * @param prefix of topics, the consumer group and transactional ids
 * @param topics all topics, with the prefix
 * @param replicationFactor of the changelogs
 * @param format of the events
 * @param store where models and backbones go
 * @param stateDirectory of Kafka Streams
 * @param backbone for the very first start
 * @param policy when to train
 * @param hyperparameters how to train
 * @param clock the time
 */
public record TrainerSettings(
        Map<String, Object> kafka,
        String prefix,
        Topics topics,
        int replicationFactor,
        EventFormat format,
        ArtifactStore store,
        Path stateDirectory,
        BackboneSource backbone,
        TrainingPolicy policy,
        Hyperparameters hyperparameters,
        Clock clock) {}
