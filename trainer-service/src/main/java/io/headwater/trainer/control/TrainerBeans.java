package io.headwater.trainer.control;

import io.headwater.artifacts.ArtifactsConfig;
import io.headwater.config.StreamConfig;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.artifacts.GarbageConfig;
import io.headwater.trainer.artifacts.Retention;
import io.headwater.trainer.backbone.BackboneConfig;
import io.headwater.trainer.backbone.EmbeddingGraph;
import io.headwater.trainer.backbone.Precision;
import io.headwater.trainer.drift.DriftWatch;
import io.headwater.trainer.embeddings.EmbeddingListener;
import io.headwater.trainer.embeddings.EmbeddingsFeed;
import io.headwater.trainer.evaluation.GateConfig;
import io.headwater.trainer.examples.LabelBacklog;
import io.headwater.trainer.leadership.LeadershipConfig;
import io.headwater.trainer.leadership.Role;
import io.headwater.trainer.precision.PrecisionChoice;
import io.headwater.trainer.precision.PrecisionConfig;
import io.headwater.trainer.quality.JudgementsFeed;
import io.headwater.trainer.quality.LiveQuality;
import io.headwater.trainer.quality.QualityConfig;
import io.headwater.trainer.quality.QualitySettings;
import io.headwater.trainer.quality.QualityTopic;
import io.headwater.trainer.quality.QualityWatch;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.rollouts.RolloutConfig;
import io.headwater.trainer.rollouts.RolloutSettings;
import io.headwater.trainer.rollouts.Rollouts;
import io.headwater.trainer.stream.StreamMeters;
import io.headwater.trainer.stream.TopicThread;
import io.headwater.trainer.training.TrainingConfig;
import io.headwater.trainer.training.TrainingPolicy;
import io.headwater.trainer.trainings.TrainingListener;
import io.headwater.trainer.trainings.Trainings;
import io.headwater.trainer.trainings.WaitingLabels;
import io.headwater.trainer.trainingset.TrainingSet;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the trainer together. */
final class TrainerBeans {

    @Produces
    @Singleton
    TrainerSettings settings(
            StreamConfig stream,
            TrainerConfig trainer,
            ArtifactsConfig artifacts,
            GarbageConfig garbage,
            TrainingConfig training,
            BackboneConfig backbone,
            PrecisionConfig int8,
            GateConfig gate,
            LeadershipConfig leadership,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return new TrainerSettings(
                new HashMap<>(kafka),
                stream.topicPrefix().orElse(""),
                stream.toTopics(),
                stream.topics().replicationFactor(),
                stream.toFormat(),
                ArtifactStore.of(artifacts),
                garbage.retention(),
                trainer.stateDir(),
                training.labelWindow(),
                new LabelBacklog(),
                backbone.source(),
                new PrecisionChoice(
                        backbone.precision() == Precision.INT8 ? Optional.of(int8.settings()) : Optional.empty()),
                training.policy(),
                training.hyperparameters(),
                gate.settings(),
                leadership.candidate(),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    ArtifactStore store(TrainerSettings settings) {
        return settings.store();
    }

    @Produces
    @Singleton
    LabelBacklog backlog(TrainerSettings settings) {
        return settings.backlog();
    }

    @Produces
    @Singleton
    PrecisionChoice precision(TrainerSettings settings) {
        return settings.precision();
    }

    @Produces
    @Singleton
    Retention retention(TrainerSettings settings) {
        return settings.retention();
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
        return new Trainings(settings.clock());
    }

    @Produces
    @Singleton
    WaitingLabels waitingLabels(Registry registry, TrainingSet trainingSet) {
        return new WaitingLabels(registry, trainingSet);
    }

    @Produces
    @Singleton
    TrainingPolicy policy(TrainerSettings settings) {
        return settings.policy();
    }

    @Produces
    @Singleton
    QualitySettings qualitySettings(QualityConfig quality) {
        return quality.settings();
    }

    @Produces
    @Singleton
    LiveQuality liveQuality(QualitySettings quality) {
        return new LiveQuality(quality.labelsPerAnnotatorHour(), quality.labelsOfOthers());
    }

    @Produces
    @Singleton
    JudgementsFeed judgements(TrainerSettings settings, QualitySettings quality, LiveQuality live) {
        return new JudgementsFeed(
                settings.kafka(),
                settings.prefix() + "headwater-trainer-judgements",
                settings.stateDirectory(),
                settings.replicationFactor(),
                settings.topics(),
                settings.format(),
                quality.labelWindow(),
                live);
    }

    @Produces
    @Singleton
    @Startup
    EmbeddingsFeed embeddings(TrainerSettings settings, Registry registry, @All List<EmbeddingListener> listeners) {
        EmbeddingsFeed feed =
                new EmbeddingsFeed(settings.kafka(), settings.topics(), settings.format(), registry, listeners);
        feed.start();
        return feed;
    }

    void close(@Disposes EmbeddingsFeed feed) {
        feed.close();
    }

    @Produces
    @Singleton
    @Startup
    StreamMeters streamMeters(TrainerSettings settings, MeterRegistry registry) {
        StreamMeters meters = new StreamMeters(registry);
        meters.countFrom(settings.topics());
        return meters;
    }

    @Produces
    @Singleton
    QualityWatch qualityWatch(Registry registry, LiveQuality live, QualitySettings quality, JudgementsFeed judgements) {
        return new QualityWatch(registry, live, quality, judgements::reading);
    }

    @Produces
    @Singleton
    RolloutSettings rolloutSettings(RolloutConfig rollout) {
        return rollout.settings();
    }

    @Produces
    @Singleton
    Rollouts rollouts(
            TrainerSettings settings,
            RolloutSettings rollout,
            Registry registry,
            LiveQuality live,
            JudgementsFeed judgements,
            QualitySettings quality) {
        return settings.rollouts(rollout, registry, live, judgements, quality.counted());
    }

    @Produces
    @Singleton
    @Startup
    QualityTopic qualityTopic(
            TrainerSettings settings,
            LiveQuality live,
            QualitySettings quality,
            JudgementsFeed judgements,
            ControlPlane controlPlane) {
        QualityTopic topic = new QualityTopic(
                settings.kafka(),
                settings.topics(),
                settings.format(),
                live,
                quality,
                () -> controlPlane.role() == Role.LEADER && judgements.reading() != TopicThread.NOT_CURRENT);
        topic.start();
        return topic;
    }

    void close(@Disposes QualityTopic topic) {
        topic.close();
    }

    @Produces
    @Singleton
    ControlPlane controlPlane(
            TrainerSettings settings,
            JudgementsFeed judgements,
            QualityWatch quality,
            DriftWatch drift,
            Rollouts rollouts,
            Registry registry,
            TrainingSet trainingSet,
            Trainings trainings,
            WaitingLabels waitingLabels,
            @All List<TrainingListener> listeners) {
        return new ControlPlane(
                settings,
                new Knowledge(registry, trainingSet, trainings, waitingLabels),
                judgements,
                () -> FallAndDrift.reason(quality.fall(), drift.sentence()),
                rollouts,
                (training, version) -> listeners.forEach(listener -> listener.ended(training, version)),
                TrainerLifecycle::refuse);
    }
}
