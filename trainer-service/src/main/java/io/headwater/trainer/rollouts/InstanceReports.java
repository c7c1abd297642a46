package io.headwater.trainer.rollouts;

import io.headwater.events.InstanceReported;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.trainer.stream.TopicThread;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** The topic {@code instances} in memory: the last report of each instance. Thread safe. */
public final class InstanceReports implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(InstanceReports.class);

    private final Map<String, Object> kafka;
    private final String topic;
    private final EventFormat format;
    private final Map<String, Received> reports = new ConcurrentHashMap<>();
    private final Clock clock;
    private final LongSupplier nanos;
    private final TopicThread thread;
    private boolean started;

    /**
     * @param kafka client configuration
     * @param topic name of {@code instances}
     */
    public InstanceReports(Map<String, Object> kafka, String topic, EventFormat format) {
        this(kafka, topic, format, Clock.systemUTC(), System::nanoTime);
    }

    InstanceReports(Map<String, Object> kafka, String topic, EventFormat format, Clock clock, LongSupplier nanos) {
        this.kafka = kafka;
        this.topic = topic;
        this.format = format;
        this.clock = clock;
        this.nanos = nanos;
        thread = new TopicThread(topic, this::follow, reports::clear);
    }

    /** Starts reading; again, it does nothing. The topic must be there. */
    public synchronized void start() {
        if (!started) {
            started = true;
            thread.start();
        }
    }

    /** What they make of a generation; empty while the topic is being read. */
    Optional<DataPlane> read(long generation) {
        return thread.reading() == TopicThread.NOT_CURRENT
                ? Optional.empty()
                : Optional.of(DataPlane.of(reports, generation, nanos.getAsLong()));
    }

    private TopicFollower<InstanceReported> follow() {
        return new TopicFollower<>(
                kafka,
                topic,
                format.deserializer(InstanceReported.class),
                entry -> entry.value()
                        .ifPresentOrElse(
                                report -> reports.put(entry.key(), received(report)),
                                () -> reports.remove(entry.key())),
                (garbage, reason) -> LOG.warnf(
                        "record passed over topic=%s partition=%d offset=%d: %s",
                        topic, garbage.partition(), garbage.offset(), reason));
    }

    private Received received(InstanceReported report) {
        return thread.reading() == TopicThread.NOT_CURRENT
                ? Received.replayed(report, clock.instant(), nanos.getAsLong())
                : Received.heard(report, nanos.getAsLong());
    }

    @Override
    public synchronized void close() {
        if (started) {
            thread.close();
        }
    }
}
