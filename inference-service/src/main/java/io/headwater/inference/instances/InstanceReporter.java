package io.headwater.inference.instances;

import io.headwater.events.InstanceReported;
import io.headwater.inference.retry.Backoff;
import io.headwater.inference.rollout.VersionTallies;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jboss.logging.Logger;

/**
 * A thread that writes what this instance serves and refuses to the topic {@code instances}: at every change, when failures of
 * a version grow, as a heartbeat, and a tombstone when it stops. While Kafka is away nothing else waits for it.
 */
public final class InstanceReporter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(InstanceReporter.class);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final int PATIENCE_MILLIS = 5_000;

    private final Map<String, Object> kafka;
    private final String topic;
    private final byte[] key;
    private final Serializer<InstanceReported> serializer;
    private final ReportSettings settings;
    private final Supplier<InstanceState> states;
    private final RecentCounts counts;
    private final Clock clock;
    private final Instant startedAt;
    private final Pulse pulse;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "instance-reporter");

    /**
     * @param kafka client configuration, at least {@code bootstrap.servers}
     * @param states what is to be told now
     * @param tallies what is counted of the versions in play
     */
    public InstanceReporter(
            Map<String, Object> kafka,
            Topics topics,
            EventFormat format,
            ReportSettings settings,
            Supplier<InstanceState> states,
            VersionTallies tallies,
            Clock clock) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topics.instances().name();
        this.key = settings.instance().getBytes(StandardCharsets.UTF_8);
        this.serializer = format.serializer(InstanceReported.class);
        this.settings = settings;
        this.states = states;
        this.counts = new RecentCounts(tallies);
        this.clock = clock;
        this.startedAt = clock.instant();
        this.pulse = new Pulse(settings.heartbeat());
    }

    /** Begins. The topic must be there. */
    public void start() {
        thread.start();
    }

    private void run() {
        try (Producer<byte[], byte[]> producer = producer()) {
            Duration pause = STEP;
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = report(producer);
            }
            write(producer, null);
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("instance reporter interrupted; without a tombstone, its silence has to tell");
        } catch (ExecutionException | RuntimeException e) {
            LOG.warnf("the stop of this instance can't be reported reason=%s", reason(e));
        }
    }

    /** Reports if it is due. Returns how long to wait until the next look. */
    private Duration report(Producer<byte[], byte[]> producer) throws InterruptedException {
        InstanceState state = states.get();
        Instant now = clock.instant();
        long nanos = System.nanoTime();
        RecentCounts.Recent recent = counts.read(state.rollout(), now, nanos);
        if (!pulse.isDue(state, recent.failed(), nanos)) {
            return STEP;
        }
        try {
            write(
                    producer,
                    serializer.serialize(
                            topic, InstanceReport.of(state, recent, startedAt, now, settings.heartbeat())));
            pulse.reported(state, recent.failed(), nanos);
            backoff.reset();
            return STEP;
        } catch (InterruptException e) {
            throw e;
        } catch (ExecutionException | RuntimeException e) {
            Duration pause = backoff.next();
            LOG.warnf("instance not reported retryMillis=%d reason=%s", pause.toMillis(), reason(e));
            return pause;
        }
    }

    private static String reason(Exception e) {
        return e instanceof ExecutionException ? String.valueOf(e.getCause()) : e.toString();
    }

    private void write(Producer<byte[], byte[]> producer, byte[] report)
            throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(topic, key, report)).get();
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A report that is late is worth less than the next one.
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        return new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes the tombstone and ends the thread. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            // Whatever it was writing, then the tombstone.
            thread.join(3L * PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }
}
