package io.headwater.trainer.embeddings;

import io.headwater.events.Backbone;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.RolloutChanged;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.topics.TopicSpec;
import io.headwater.topics.Topics;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.stream.TopicThread;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Follows {@code embeddings} for whoever wants to see every image: those of the backbone that serves. It begins with the last
 * {@value #RECENT} of them and not with the whole topic, which may be hundreds of gigabytes. Standbys follow too.
 */
public final class EmbeddingsFeed implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EmbeddingsFeed.class);
    private static final int RECENT = 10_000;
    private static final int LOOK_SECONDS = 1;

    private final Map<String, Object> kafka;
    private final TopicSpec topic;
    private final EventFormat format;
    private final Registry registry;
    private final List<EmbeddingListener> listeners;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "embeddings-feed");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<Following> following = Optional.empty();

    private record Following(Backbone backbone, TopicThread thread) {}

    /**
     * @param kafka client configuration
     * @param registry tells the backbone; nothing is followed before it is complete
     */
    public EmbeddingsFeed(
            Map<String, Object> kafka,
            Topics topics,
            EventFormat format,
            Registry registry,
            List<EmbeddingListener> listeners) {
        this.kafka = kafka;
        this.topic = topics.embeddings();
        this.format = format;
        this.registry = registry;
        this.listeners = List.copyOf(listeners);
    }

    /** Starts it; returns at once. */
    public void start() {
        looking.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether what was there has been read. */
    public boolean isCurrent() {
        return following
                .filter(now -> now.thread().reading() != TopicThread.NOT_CURRENT)
                .isPresent();
    }

    private void look() {
        if (!registry.isComplete()) {
            return;
        }
        Optional<Backbone> backbone = registry.rollout().map(RolloutChanged::getBackbone);
        if (backbone.isEmpty() || following.map(Following::backbone).equals(backbone)) {
            return;
        }
        following.map(Following::thread).ifPresent(TopicThread::close);
        Backbone now = backbone.get();
        TopicThread thread = new TopicThread(
                topic.name(), () -> follow(now), () -> listeners.forEach(listener -> listener.begin(now)));
        following = Optional.of(new Following(now, thread));
        thread.start();
    }

    private TopicFollower<ImageEmbedded> follow(Backbone backbone) {
        return new TopicFollower<>(
                        kafka,
                        topic.name(),
                        format.deserializer(ImageEmbedded.class),
                        entry -> take(entry, backbone),
                        // The examples stream writes the dead letters.
                        (garbage, reason) -> LOG.debugf(
                                "record passed over topic=%s partition=%d offset=%d: %s",
                                topic.name(), garbage.partition(), garbage.offset(), reason))
                .lastOnly(Math.max(1, RECENT / topic.partitions()));
    }

    private void take(TopicFollower.Entry<ImageEmbedded> entry, Backbone backbone) {
        if (entry.value().isEmpty()) {
            listeners.forEach(listener -> listener.removed(entry.key()));
            return;
        }
        ImageEmbedded event = entry.value().get();
        if (event.getBackbone().equals(backbone.getId())
                && EmbeddingVector.dimension(event.getVector()) == backbone.getDimension()) {
            Instant at = Instant.ofEpochMilli(entry.timestamp());
            listeners.forEach(listener -> listener.embedded(entry.key(), event.getVector(), at));
        }
    }

    @Override
    public void close() {
        looking.shutdown();
        try {
            if (!looking.awaitTermination(LOOK_SECONDS, TimeUnit.SECONDS)) {
                looking.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        following.map(Following::thread).ifPresent(TopicThread::close);
    }
}
