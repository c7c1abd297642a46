package io.headwater.inference.stream;

import java.time.Duration;

/**
 * How the pipeline works.
 *
 * @param groupId consumer group
 * @param transactionalId of this instance, the same at every start: it is what shuts out a forgotten twin
 * @param threads images that ONNX Runtime works on at the same time
 * @param decodeThreads images that are decoded at the same time, ahead of that
 * @param batchSize most images in one transaction
 * @param batchesInFlight most batches between poll and commit
 * @param rememberedImages of each partition, to know an image that comes again
 * @param reembeddingShare of a thread's time for embedding images again while new ones come in, above 0 up to 1
 * @param linger how long the producer gathers records of one transaction; the commit ends it
 */
public record PipelineSettings(
        String groupId,
        String transactionalId,
        int threads,
        int decodeThreads,
        int batchSize,
        int batchesInFlight,
        int rememberedImages,
        double reembeddingShare,
        Duration linger) {

    /** Fails with a sentence that names the key. */
    public PipelineSettings {
        atLeastOne("threads", threads);
        atLeastOne("decode-threads", decodeThreads);
        atLeastOne("batch-size", batchSize);
        atLeastOne("batches-in-flight", batchesInFlight);
        atLeastOne("remembered-images", rememberedImages);
        if (!(reembeddingShare > 0 && reembeddingShare <= 1)) {
            throw new IllegalArgumentException("headwater.inference.reembedding-share is " + reembeddingShare
                    + ", but must be more than 0 and at most 1");
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "headwater.inference." + key + " is " + value + ", but must be at least 1");
        }
    }
}
