package io.headwater.inference.stream;

import java.util.Optional;

/**
 * How the pipeline works.
 *
 * @param groupId consumer group
 * @param transactionalId of this instance, the same at every start: it is what shuts out a forgotten twin
 * @param staticMember name of this instance in the group if it keeps its partitions through a restart
 * @param delivery what is promised
 * @param threads images that are worked on at the same time, by one thread each
 * @param flow how much is on its way
 * @param rememberedImages of each partition, to know an image that comes again
 * @param reembeddingShare of a thread's time for embedding images again while new ones come in, above 0 up to 1
 */
public record PipelineSettings(
        String groupId,
        String transactionalId,
        Optional<String> staticMember,
        Delivery delivery,
        int threads,
        Flow flow,
        int rememberedImages,
        double reembeddingShare) {

    /** Fails with a sentence that names the key. */
    public PipelineSettings {
        Limits.atLeastOne("threads", threads);
        Limits.atLeastOne("remembered-images", rememberedImages);
        if (!(reembeddingShare > 0 && reembeddingShare <= 1)) {
            throw new IllegalArgumentException("headwater.inference.reembedding-share is " + reembeddingShare
                    + ", but must be more than 0 and at most 1");
        }
    }
}
