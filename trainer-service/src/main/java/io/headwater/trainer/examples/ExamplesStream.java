package io.headwater.trainer.examples;

import io.headwater.events.Backbone;
import io.headwater.trainer.stream.ExactlyOnceStream;
import java.util.Set;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;

/**
 * Runs {@link ExamplesTopology} with Kafka Streams, exactly once, for one backbone. All of one prefix and one change of the
 * backbone are one application: each works on some of the partitions.
 */
public final class ExamplesStream implements AutoCloseable {
    private final ExactlyOnceStream stream;

    /**
     * Makes one that works from {@link #start()} on.
     *
     * @param backlog learns how many labels wait for their image
     */
    public ExamplesStream(ExamplesSettings settings, Backbone backbone, LabelBacklog backlog) {
        String examples = settings.topics().examples(backbone.getChange()).name();
        stream = new ExactlyOnceStream(
                new ExactlyOnceStream.Settings(
                        "examples",
                        settings.kafka(),
                        applicationId(settings.prefix(), backbone),
                        settings.stateDirectory(),
                        settings.replicationFactor(),
                        UsePartitionTimeOnInvalidTimestamp.class,
                        // Whoever reads them for a training passes it over too.
                        Set.of(examples)),
                new ExamplesTopology(settings.topics(), settings.format(), backbone, settings.labelWindow(), backlog)
                        .build());
    }

    /** Of the consumer group, the changelogs and the transactions. What changes the stores' format changes the number in it. */
    static String applicationId(String prefix, Backbone backbone) {
        return prefix + "headwater-trainer-examples-v2-" + backbone.getChange();
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
