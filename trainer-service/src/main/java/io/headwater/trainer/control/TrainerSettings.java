package io.headwater.trainer.control;

import io.headwater.events.ImageClassified;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.artifacts.Retention;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.evaluation.GateSettings;
import io.headwater.trainer.examples.ExamplesSettings;
import io.headwater.trainer.examples.LabelBacklog;
import io.headwater.trainer.leadership.Candidate;
import io.headwater.trainer.precision.PrecisionChoice;
import io.headwater.trainer.quality.Counted;
import io.headwater.trainer.quality.JudgementsFeed;
import io.headwater.trainer.quality.LiveQuality;
import io.headwater.trainer.registry.Publisher;
import io.headwater.trainer.registry.Recording;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.rollouts.EvidenceReader;
import io.headwater.trainer.rollouts.InstanceReports;
import io.headwater.trainer.rollouts.RolloutSettings;
import io.headwater.trainer.rollouts.Rollouts;
import io.headwater.trainer.rollouts.TrafficWatch;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.TrainingPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
 * @param retention which of them stay there
 * @param stateDirectory of Kafka Streams
 * @param labelWindow how long an embedding waits for its label, and a label for its image until it is late
 * @param backlog learns how many labels wait
 * @param backbone for the very first start
 * @param precision whether it is to become int8; learns what came of that
 * @param policy when to train
 * @param hyperparameters how to train
 * @param gate what a new version must show to be served
 * @param candidate how it stands for election among the trainers of its prefix
 * @param clock the time
 */
public record TrainerSettings(
        Map<String, Object> kafka,
        String prefix,
        Topics topics,
        int replicationFactor,
        EventFormat format,
        ArtifactStore store,
        Retention retention,
        Path stateDirectory,
        Duration labelWindow,
        LabelBacklog backlog,
        BackboneSource backbone,
        PrecisionChoice precision,
        TrainingPolicy policy,
        Hyperparameters hyperparameters,
        GateSettings gate,
        Candidate candidate,
        Clock clock) {

    /**
     * Decides what is served.
     *
     * @param live live quality, kept in step by {@code judgements}
     * @param counted which labelled images count
     */
    public Rollouts rollouts(
            RolloutSettings rollout, Registry registry, LiveQuality live, JudgementsFeed judgements, Counted counted) {
        return new Rollouts(
                registry,
                new Recording(new Publisher(kafka, prefix + "headwater-trainer", topics, format), registry),
                new EvidenceReader(live, judgements::reading, rollout, counted),
                new TrafficWatch(kafka, topics.predictions().name(), format.deserializer(ImageClassified.class), clock),
                new InstanceReports(kafka, topics.instances().name(), format),
                rollout,
                store,
                clock);
    }

    /** What the stream of examples is made from. */
    public ExamplesSettings examples() {
        return new ExamplesSettings(kafka, prefix, stateDirectory, replicationFactor, topics, format, labelWindow);
    }
}
