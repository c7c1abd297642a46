package io.headwater.trainer.control;

import io.headwater.events.Backbone;
import io.headwater.events.LabelledExample;
import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import io.headwater.topics.TopicFollower;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.stream.TopicThread;
import io.headwater.trainer.trainingset.TrainingData;
import io.headwater.trainer.trainingset.TrainingSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/** Keeps the registry and the training set in step with their topics. */
final class TopicState implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicState.class);

    private final TrainerSettings settings;
    private final Registry registry;
    private final TrainingSet trainingSet;
    private final TopicThread models;
    private final TopicThread rollouts;
    private final TopicThread history;
    private volatile Optional<Examples> examples = Optional.empty();
    private boolean started;

    private record Examples(Backbone backbone, TopicThread thread) {
        boolean areOf(Backbone other) {
            return backbone.getChange() == other.getChange() && backbone.getId().equals(other.getId());
        }
    }

    TopicState(TrainerSettings settings, Registry registry, TrainingSet trainingSet) {
        this.settings = settings;
        this.registry = registry;
        this.trainingSet = trainingSet;
        // Versions and rollouts are never deleted, so there is nothing to forget before reading them again.
        models = new TopicThread(settings.topics().models().name(), this::followModels, () -> {});
        rollouts = new TopicThread(settings.topics().rollouts().name(), this::followRollouts, () -> {});
        history = new TopicThread(settings.topics().rolloutHistory().name(), this::followHistory, () -> {});
    }

    void start() {
        if (!started) {
            started = true;
            models.start();
            rollouts.start();
            history.start();
        }
    }

    /** Makes the training set that of a backbone, if it is that of another one. One thread calls it. */
    void follow(Backbone backbone) {
        if (isOf(backbone)) {
            return;
        }
        examples.map(Examples::thread).ifPresent(TopicThread::close);
        trainingSet.begin(backbone.getId(), backbone.getDimension());
        String topic = settings.topics().examples(backbone.getChange()).name();
        TopicThread thread = new TopicThread(topic, () -> followExamples(topic), trainingSet::clear);
        examples = Optional.of(new Examples(backbone, thread));
        thread.start();
    }

    /** Waits until the registry is complete. */
    void awaitRegistry(Duration timeout) throws InterruptedException {
        await(models, timeout);
        await(rollouts, timeout);
        registry.completed();
    }

    /** That a topic is being read from its beginning, if one is; a sentence for people. */
    Optional<String> obstacle() {
        if (examples.isEmpty()) {
            return Optional.of("No backbone has been announced yet.");
        }
        return Stream.of(models, rollouts, examples.get().thread())
                .filter(topic -> topic.reading() == TopicThread.NOT_CURRENT)
                .findFirst()
                .map(topic -> "The topic " + topic.name() + " is being read from its beginning.");
    }

    /** Whether the training set is that of a backbone. */
    boolean isOf(Backbone backbone) {
        return examples.filter(those -> those.areOf(backbone)).isPresent();
    }

    /** The whole training set, to be closed after use; empty while it is being read again. */
    Optional<TrainingData> snapshot(int minExamples) {
        TopicThread thread = examples.orElseThrow().thread();
        int before = thread.reading();
        TrainingData data = trainingSet.snapshot(minExamples);
        if (before == TopicThread.NOT_CURRENT || thread.reading() != before) {
            data.close();
            return Optional.empty();
        }
        return Optional.of(data);
    }

    /** Brings the registry up to everything that is committed now. */
    void refreshRegistry(Duration timeout) {
        try (TopicFollower<?> follower = followModels()) {
            follower.replay(timeout);
        }
        try (TopicFollower<?> follower = followRollouts()) {
            follower.replay(timeout);
        }
    }

    private static void await(TopicThread thread, Duration timeout) throws InterruptedException {
        if (!thread.awaitReplayed(timeout)) {
            throw new TimeoutException("the topics could not be read within " + timeout);
        }
    }

    private TopicFollower<ModelPublished> followModels() {
        return follow(settings.topics().models().name(), ModelPublished.class, entry -> entry.value()
                .ifPresent(registry::put));
    }

    private TopicFollower<RolloutChanged> followRollouts() {
        return follow(settings.topics().rollouts().name(), RolloutChanged.class, entry -> entry.value()
                .ifPresent(registry::put));
    }

    private TopicFollower<RolloutChanged> followHistory() {
        return follow(settings.topics().rolloutHistory().name(), RolloutChanged.class, entry -> entry.value()
                .ifPresent(registry::put));
    }

    private TopicFollower<LabelledExample> followExamples(String topic) {
        return follow(topic, LabelledExample.class, this::take);
    }

    private void take(TopicFollower.Entry<LabelledExample> entry) {
        TrainingSet.Position position =
                new TrainingSet.Position(entry.partition(), entry.offset(), Instant.ofEpochMilli(entry.timestamp()));
        if (entry.value().isEmpty()) {
            trainingSet.remove(entry.key(), position);
            return;
        }
        try {
            trainingSet.put(entry.key(), entry.value().get(), position);
        } catch (IllegalArgumentException e) {
            LOG.warnf(
                    "example passed over partition=%d offset=%d: %s",
                    entry.partition(), entry.offset(), e.getMessage());
        }
    }

    private <V extends SpecificRecord> TopicFollower<V> follow(
            String topic, Class<V> type, Consumer<TopicFollower.Entry<V>> handler) {
        return new TopicFollower<>(
                settings.kafka(),
                topic,
                settings.format().deserializer(type),
                handler,
                (garbage, reason) -> LOG.warnf(
                        "record passed over topic=%s partition=%d offset=%d: %s",
                        topic, garbage.partition(), garbage.offset(), reason));
    }

    @Override
    public void close() {
        if (started) {
            models.close();
            rollouts.close();
            history.close();
            examples.map(Examples::thread).ifPresent(TopicThread::close);
        }
    }
}
