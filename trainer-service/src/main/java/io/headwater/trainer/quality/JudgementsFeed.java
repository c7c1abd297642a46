package io.headwater.trainer.quality;

import io.headwater.events.PredictionJudged;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.topics.Topics;
import io.headwater.trainer.stream.ExactlyOnceStream;
import io.headwater.trainer.stream.TopicThread;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Runs {@link JudgementsTopology} with Kafka Streams, exactly once, and keeps {@link LiveQuality} in step with its topic. */
public final class JudgementsFeed implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JudgementsFeed.class);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final EventFormat format;
    private final Duration window;
    private final LiveQuality live;
    private final ExactlyOnceStream.Settings settings;
    private final TopicThread following;
    private Optional<ExactlyOnceStream> stream = Optional.empty();

    /**
     * @param kafka client configuration
     * @param applicationId of the consumer group, the changelogs and the transactions
     * @param stateDirectory where Kafka Streams keeps its stores; can be deleted, and is rebuilt then
     * @param replicationFactor of the changelogs
     * @param window time between a prediction and its first label, either way, within which it is judged
     */
    public JudgementsFeed(
            Map<String, Object> kafka,
            String applicationId,
            Path stateDirectory,
            int replicationFactor,
            Topics topics,
            EventFormat format,
            Duration window,
            LiveQuality live) {
        this.kafka = kafka;
        this.topics = topics;
        this.format = format;
        this.window = window;
        this.live = live;
        settings = new ExactlyOnceStream.Settings(
                "judgements",
                kafka,
                applicationId,
                stateDirectory,
                replicationFactor,
                NotInTheFuture.class,
                // The examples stream reads them too, by the same rules, and writes the dead letters.
                Set.of(topics.labels().name()));
        following = new TopicThread(topics.judgements().name(), this::follow, live::clear);
    }

    /** Starts it and returns at once; again, it does nothing. The topics must be there. */
    public synchronized void start() {
        if (stream.isEmpty()) {
            ExactlyOnceStream starting = new ExactlyOnceStream(settings, JudgementsTopology.of(topics, format, window));
            stream = Optional.of(starting);
            starting.start();
            following.start();
        }
    }

    /** Which reading of the topic {@link LiveQuality} is from, as {@link TopicThread#reading()} tells it. */
    public int reading() {
        return following.reading();
    }

    private TopicFollower<PredictionJudged> follow() {
        String topic = topics.judgements().name();
        return new TopicFollower<>(
                kafka,
                topic,
                format.deserializer(PredictionJudged.class),
                entry -> entry.value()
                        .ifPresentOrElse(judged -> live.put(entry.key(), judged), () -> live.remove(entry.key())),
                (garbage, reason) -> LOG.warnf(
                        "record passed over topic=%s partition=%d offset=%d: %s",
                        topic, garbage.partition(), garbage.offset(), reason));
    }

    @Override
    public synchronized void close() {
        if (stream.isPresent()) {
            following.close();
            stream.get().close();
        }
    }
}
