package io.headwater.trainer.stream;

import io.micrometer.core.instrument.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.jboss.logging.Logger;

/**
 * Runs a topology with Kafka Streams, exactly once, on one thread. Garbage becomes a dead letter; a thread that fails is
 * replaced, after a pause that grows.
 */
public final class ExactlyOnceStream implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExactlyOnceStream.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final long LONGEST_BACKOFF_MILLIS = 30_000;

    private final String name;
    private final InstanceDirectory directory;
    private final DeadLetterSink deadLetters;
    private final KafkaStreams streams;
    private final Runnable unwatch;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * What a stream runs with.
     *
     * @param name for logs
     * @param kafka client configuration
     * @param applicationId of the consumer group, the changelogs and the transactions
     * @param stateDirectory where Kafka Streams keeps its stores, in a directory for each application and instance; can be deleted,
     *     and is rebuilt then
     * @param replicationFactor of the changelogs
     * @param timestamps what the time of a record is
     * @param passedOver topics whose garbage is only passed over, because another stream writes the dead letters
     */
    public record Settings(
            String name,
            Map<String, Object> kafka,
            String applicationId,
            Path stateDirectory,
            int replicationFactor,
            Class<? extends TimestampExtractor> timestamps,
            Set<String> passedOver) {}

    /** Makes one that runs {@code topology} from {@link #start()} on. */
    public ExactlyOnceStream(Settings settings, Topology topology) {
        name = settings.name();
        directory = InstanceDirectory.claim(settings.stateDirectory().resolve(settings.applicationId()));
        // Quarkus' registry; without Quarkus there is none behind it.
        StreamMeters meters = new StreamMeters(Metrics.globalRegistry);
        deadLetters = new DeadLetterSink(settings.kafka(), meters);
        Map<String, Object> configuration = new HashMap<>(settings.kafka());
        configuration.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        configuration.put(StreamsConfig.STATE_DIR_CONFIG, directory.path().toString());
        configuration.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        // A second instance keeps copies of the stores, and takes over without reading the changelogs first.
        configuration.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
        configuration.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        configuration.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
        configuration.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        configuration.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        configuration.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        configuration.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, settings.timestamps());
        configuration.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, GarbageToDeadLetters.class);
        configuration.put(GarbageToDeadLetters.SINK, deadLetters);
        configuration.put(GarbageToDeadLetters.PASSED_OVER, settings.passedOver());
        configuration.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A stream that is closed is not coming back: the others, or its successor, need not wait until it times out.
        // There
        // is no public setting for it before Kafka 4.2.
        configuration.put(StreamsConfig.mainConsumerPrefix("internal.leave.group.on.close"), true);
        // After a kill -9 the partitions come back to the next process in this time, not in Kafka's 45 s.
        configuration.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        Properties properties = new Properties();
        properties.putAll(configuration);
        streams = new KafkaStreams(topology, properties);
        unwatch = meters.watch(streams);
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                LOG.infof("%s stream running application=%s", name, settings.applicationId());
            }
        });
    }

    /** Starts it; returns at once. */
    public void start() {
        streams.start();
    }

    /** Whether it is at work. */
    public boolean isRunning() {
        return streams.state().isRunningOrRebalancing();
    }

    /** Its state, for people. */
    public String state() {
        return streams.state().toString();
    }

    private StreamThreadExceptionResponse onFailure(Throwable failure) {
        long backoff = Math.min(LONGEST_BACKOFF_MILLIS, 500L << Math.min(6, failures.getAndIncrement()));
        LOG.errorf(failure, "%s stream failed; its thread is replaced in %d ms", name, backoff);
        try {
            // On the thread that is ending anyway: the next one starts after this returns.
            Thread.sleep(backoff);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    @Override
    public void close() {
        unwatch.run();
        streams.close(CLOSE_TIMEOUT);
        deadLetters.close();
        directory.close();
    }
}
