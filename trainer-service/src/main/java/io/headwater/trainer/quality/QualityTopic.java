package io.headwater.trainer.quality;

import io.headwater.events.QualityMeasured;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Writes live quality to the topic {@code quality} while this trainer leads: of each version what has changed, every few
 * seconds. All of it is counted from {@code judgements}, so whoever leads next says the same; it says all of it once, and takes
 * back what those before it said of versions that it says nothing of.
 */
public final class QualityTopic implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(QualityTopic.class);
    private static final int EVERY_SECONDS = 5;
    private static final int MOST_VERSIONS = 100;
    private static final long NEVER = -1;
    private static final Duration READING = Duration.ofSeconds(30);
    /** Half of what a broker takes by default. */
    private static final int MOST_BYTES = 512 * 1024;

    private final Map<String, Object> kafka;
    private final Map<String, Object> configuration;
    private final String topic;
    private final Serializer<QualityMeasured> events;
    private final LiveQuality live;
    private final QualitySettings settings;
    private final BooleanSupplier mayWrite;
    private final Map<String, VersionQuality> said = new HashMap<>();
    /** Keys of which the topic says something, whoever wrote it. */
    private final Set<String> standing = new HashSet<>();

    private long changes = NEVER;
    private KafkaProducer<String, byte[]> producer;

    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "quality-topic");
        thread.setDaemon(true);
        return thread;
    });

    /** @param mayWrite whether this trainer leads, and live quality has been read from its topic */
    public QualityTopic(
            Map<String, Object> kafka,
            Topics topics,
            EventFormat format,
            LiveQuality live,
            QualitySettings settings,
            BooleanSupplier mayWrite) {
        this.kafka = kafka;
        configuration = new HashMap<>(kafka);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        topic = topics.quality().name();
        events = format.serializer(QualityMeasured.class);
        this.live = live;
        this.settings = settings;
        this.mayWrite = mayWrite;
    }

    /** Starts it; returns at once. */
    public void start() {
        background.scheduleWithFixedDelay(this::tryWrite, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void tryWrite() {
        try {
            write();
        } catch (InterruptException e) {
            LOG.debug("writing live quality was interrupted");
        } catch (KafkaException | IllegalStateException e) {
            forget();
            LOG.warnf("live quality could not be written, next attempt in %d s: %s", EVERY_SECONDS, e.toString());
        }
    }

    /** Writes what has changed since the last time, and waits until it is safe. */
    void write() {
        if (!mayWrite.getAsBoolean()) {
            forget();
            return;
        }
        long now = live.changes();
        if (now == changes) {
            return;
        }
        if (changes == NEVER) {
            readWhatStands();
        }
        Map<String, VersionQuality> report = new HashMap<>();
        live.report(settings.window(), settings.windows()).stream()
                .limit(MOST_VERSIONS)
                .forEach(quality -> report.put(Long.toString(quality.version()), quality));
        List<Future<?>> sent = new ArrayList<>();
        report.values().stream()
                .sorted(Comparator.comparingLong(VersionQuality::version))
                .filter(quality -> !quality.equals(said.get(Long.toString(quality.version()))))
                .forEach(quality -> sent.add(send(Long.toString(quality.version()), bytes(quality))));
        standing.stream()
                .filter(version -> !report.containsKey(version))
                .sorted()
                .forEach(version -> sent.add(send(version, null)));
        sent.forEach(QualityTopic::await);
        standing.clear();
        standing.addAll(report.keySet());
        said.clear();
        said.putAll(report);
        changes = now;
    }

    private void readWhatStands() {
        standing.clear();
        try (TopicFollower<byte[]> reading = new TopicFollower<>(
                kafka,
                topic,
                new ByteArrayDeserializer(),
                entry -> {
                    if (entry.value().isPresent()) {
                        standing.add(entry.key());
                    } else {
                        standing.remove(entry.key());
                    }
                },
                (garbage, reason) -> LOG.debugf("record passed over offset=%d: %s", garbage.offset(), reason))) {
            reading.replay(READING);
        }
    }

    private byte[] bytes(VersionQuality quality) {
        byte[] whole = events.serialize(topic, QualityEvents.of(quality));
        return whole.length <= MOST_BYTES ? whole : events.serialize(topic, QualityEvents.brief(quality));
    }

    private Future<?> send(String version, byte[] value) {
        if (producer == null) {
            producer = new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer());
        }
        return producer.send(new ProducerRecord<>(topic, version, value));
    }

    private static void await(Future<?> written) {
        try {
            written.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        }
    }

    private void forget() {
        said.clear();
        changes = NEVER;
    }

    @Override
    public void close() {
        background.shutdownNow();
        try {
            if (background.awaitTermination(EVERY_SECONDS, TimeUnit.SECONDS) && producer != null) {
                producer.close(Duration.ofSeconds(EVERY_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
