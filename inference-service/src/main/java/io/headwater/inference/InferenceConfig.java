package io.headwater.inference;

import io.headwater.inference.stream.PipelineSettings;
import io.headwater.topics.ConsumerGroups;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How images are classified. */
@ConfigMapping(prefix = "headwater.inference")
public interface InferenceConfig {
    /** Images that ONNX Runtime works on at the same time; by default as many as there are processors. */
    OptionalInt threads();

    /** Images that are decoded at the same time, ahead of that; by default as many as there are processors. */
    OptionalInt decodeThreads();

    /** Threads inside one call of the backbone; images run side by side already. */
    @WithDefault("1")
    int intraOpThreads();

    /** Most images in one Kafka transaction. */
    @WithDefault("128")
    int batchSize();

    /** Most batches between reading and committing. */
    @WithDefault("3")
    int batchesInFlight();

    /**
     * Image ids that are remembered of each partition, so that an image which comes again (its sender got no answer) gets no
     * second prediction. It is known as long as no more than so many others of its partition came in between, through
     * restarts too: they are read back from the end of {@code predictions}. About 200 bytes of memory each.
     */
    @WithDefault("20000")
    int rememberedImages();

    /**
     * While the backbone is being changed: the share of one thread's time that goes into embedding images again while new
     * ones come in. When none come in it is all of it.
     */
    @WithDefault("0.25")
    double reembeddingShare();

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
                ConsumerGroups.inference(prefix),
                prefix + "headwater-inference-" + instanceId().orElse(defaultInstance),
                threads().orElse(Runtime.getRuntime().availableProcessors()),
                decodeThreads().orElse(Runtime.getRuntime().availableProcessors()),
                batchSize(),
                batchesInFlight(),
                rememberedImages(),
                reembeddingShare(),
                linger());
    }
}
