package io.headwater.trainer.examples;

import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import io.headwater.trainer.stream.ExactlyOnceStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/** Runs {@link ExamplesTopology} with Kafka Streams, exactly once. */
public final class ExamplesStream implements AutoCloseable {
    private final ExactlyOnceStream stream;

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
        stream = new ExactlyOnceStream(
                new ExactlyOnceStream.Settings(
                        "examples",
                        kafka,
                        applicationId,
                        stateDirectory,
                        replicationFactor,
                        // The time of an example is when it became one: how long a label has waited is measured from
                        // there.
                        WallclockTimestampExtractor.class,
                        Set.of()),
                ExamplesTopology.of(topics, format, backbone, dimension));
    }

    /** Starts it; returns at once. */
    public void start() {
        stream.start();
    }

    /** Whether it is at work. */
    public boolean isRunning() {
        return stream.isRunning();
    }

    /** Its state, for people. */
    public String state() {
        return stream.state();
    }

    @Override
    public void close() {
        stream.close();
    }
}
