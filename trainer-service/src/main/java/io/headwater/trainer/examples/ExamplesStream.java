package io.headwater.trainer.examples;

import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.jboss.logging.Logger;

/** Runs {@link ExamplesTopology} with Kafka Streams, exactly once. */
public final class ExamplesStream implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExamplesStream.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final long LONGEST_BACKOFF_MILLIS = 30_000;

    private final DeadLetterSink deadLetters;
    private final KafkaStreams streams;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * @param kafka client configuration
     * @param applicationId of the consumer group, the changelogs and the transactions
     * @param stateDirectory where Kafka Streams keeps its stores; can be deleted, and is rebuilt then
     * @param replicationFactor of the changelogs
     */
    public ExamplesStream(
            Map<String, Object> kafka,
            String applicationId,
            Path stateDirectory,
            int replicationFactor,
            Topics topics,
            EventFormat format,
            String backbone,
            int dimension) {
        deadLetters = new DeadLetterSink(kafka);
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        configuration.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        configuration.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        configuration.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
        configuration.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        configuration.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        configuration.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        // The time of an example is when it became one: how long a label has waited is measured from there.
        configuration.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
        configuration.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, GarbageToDeadLetters.class);
        configuration.put(GarbageToDeadLetters.SINK, deadLetters);
        configuration.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // After a kill -9 the partitions come back to the next process in this time, not in Kafka's 45 s.
        configuration.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        Properties properties = new Properties();
        properties.putAll(configuration);
        streams = new KafkaStreams(ExamplesTopology.of(topics, format, backbone, dimension), properties);
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                LOG.infof("examples stream running application=%s", applicationId);
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
        LOG.errorf(failure, "examples stream failed; its thread is replaced in %d ms", backoff);
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
        streams.close(CLOSE_TIMEOUT);
        deadLetters.close();
    }
}
