package io.headwater.trainer.examples;

import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What an {@link ExamplesStream} is made from, beside the backbone.
 *
 * @param kafka client configuration
 * @param prefix of the application id
 * @param stateDirectory where Kafka Streams keeps its stores, in a directory for each instance; can be deleted, and is
 *     rebuilt then
 * @param replicationFactor of the changelogs
 * @param topics where to read and write
 * @param format of the events
 * @param labelWindow how long an embedding is kept without a label, and after what time a label without an image is late
 */
public record ExamplesSettings(
        Map<String, Object> kafka,
        String prefix,
        Path stateDirectory,
        int replicationFactor,
        Topics topics,
        EventFormat format,
        Duration labelWindow) {

    /** Fails with a sentence when the window makes no sense. */
    public ExamplesSettings {
        kafka = Map.copyOf(kafka);
        if (labelWindow.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "headwater.training.label-window is " + labelWindow + ", but must be at least 1 s");
        }
    }
}
