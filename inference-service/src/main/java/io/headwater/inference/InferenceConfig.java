package io.headwater.inference;

import io.headwater.inference.stream.PipelineSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How images are classified. */
@ConfigMapping(prefix = "headwater.inference")
public interface InferenceConfig {
    /** Images in work at the same time; by default as many as there are processors. */
    OptionalInt threads();

    /** Threads inside one call of the backbone. More than one is slower, unless there is but one image at a time. */
    @WithDefault("1")
    int intraOpThreads();

    /** Most images in one Kafka transaction. */
    @WithDefault("128")
    int batchSize();

    /** Most batches between reading and committing. */
    @WithDefault("3")
    int batchesInFlight();

    /** How long the producer gathers the records of a transaction; its commit ends that. */
    @WithDefault("50ms")
    Duration linger();

    /**
     * Name of this instance among the copies of the service, the same at every start: it makes the transactional id. By
     * default host name and port.
     */
    Optional<String> instanceId();

    /**
     * The pipeline's settings.
     *
     * @param prefix of topics, groups and transactional ids
     * @param defaultInstance instance id where none is configured
     */
    default PipelineSettings toSettings(String prefix, String defaultInstance) {
        return new PipelineSettings(
                prefix + "headwater-inference",
                prefix + "headwater-inference-" + instanceId().orElse(defaultInstance),
                threads().orElse(Runtime.getRuntime().availableProcessors()),
                batchSize(),
                batchesInFlight(),
                linger());
    }
}
