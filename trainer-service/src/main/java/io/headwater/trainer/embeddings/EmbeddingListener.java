package io.headwater.trainer.embeddings;

import io.headwater.events.Backbone;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Takes the embeddings of all images, labelled or not, on the thread that follows their topic: it must be quick. */
public interface EmbeddingListener {
    /** Embeddings come of this backbone now; what came before is forgotten, some of it comes again. */
    void begin(Backbone backbone);

    /**
     * An image was embedded.
     *
     * @param vector its embedding, as the event has it
     * @param at the time of the record
     */
    void embedded(String imageId, ByteBuffer vector, Instant at);

    /** An image is gone. */
    void removed(String imageId);
}
