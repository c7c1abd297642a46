package io.headwater.inference.stream;

import io.headwater.events.ImageEmbedded;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.picture.PictureReader;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.time.Clock;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jboss.logging.Logger;

/** From a record of {@code images} to an embedding and nothing else. One thread uses it: it keeps buffers. */
final class Reembedder {
    private static final Logger LOG = Logger.getLogger(Reembedder.class);

    private final ImageDecoder decoder;
    private final Serializer<ImageEmbedded> embeddings;
    private final String topic;
    private final Clock clock;

    private float[] vector = new float[0];

    Reembedder(EventFormat format, IntFunction<PictureReader> readers, Topics topics, Clock clock) {
        this.decoder = new ImageDecoder(format, readers);
        this.embeddings = format.serializer(ImageEmbedded.class);
        this.topic = topics.embeddings().name();
        this.clock = clock;
    }

    /**
     * The embedding, serialised; empty for what can't be embedded, which is a dead letter already.
     *
     * @throws RuntimeException if something else is wrong (a schema registry is away): then trying again is right
     */
    Optional<byte[]> embed(ConsumerRecord<byte[], byte[]> entry, Backbone backbone) {
        if (!(decoder.decode(entry, backbone) instanceof DecodedImage.Ready ready)) {
            return Optional.empty();
        }
        if (vector.length != backbone.dimension()) {
            vector = new float[backbone.dimension()];
        }
        try {
            backbone.embed(ready.pixels(), vector);
        } catch (IllegalArgumentException e) {
            LOG.warnf(
                    "image not embedded again partition=%d offset=%d reason=%s",
                    entry.partition(), entry.offset(), e.getMessage());
            return Optional.empty();
        }
        return Optional.of(embeddings.serialize(
                topic, new ImageEmbedded(backbone.id(), EmbeddingVector.toBytes(vector), clock.instant())));
    }
}
