package io.headwater.trainer.examples;

import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageLabelled;
import io.headwater.serde.EmbeddingVector;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Deserialisers that also refuse what is well-formed but would spoil a training. */
public final class CheckedEvents {
    private static final int LONGEST_LABEL = 64;

    private CheckedEvents() {}

    /** Refuses a label that is blank or too long. */
    public static Deserializer<ImageLabelled> labels(Deserializer<ImageLabelled> events) {
        return checked(events, CheckedEvents::check);
    }

    static Deserializer<ImageEmbedded> embeddings(Deserializer<ImageEmbedded> events, String backbone, int dimension) {
        return checked(events, event -> {
            if (event.getBackbone().equals(backbone)) {
                check(event, dimension);
            }
        });
    }

    private static <T> Deserializer<T> checked(Deserializer<T> events, Consumer<T> check) {
        return (topic, bytes) -> {
            T event = events.deserialize(topic, bytes);
            if (event != null) {
                check.accept(event);
            }
            return event;
        };
    }

    private static void check(ImageLabelled event) {
        String label = event.getLabel();
        // As the ingest-service counts: an emoji is one character.
        int length = label.isBlank() ? 0 : label.codePointCount(0, label.length());
        if (length < 1 || length > LONGEST_LABEL) {
            throw new SerializationException(
                    "a label has 1 to " + LONGEST_LABEL + " characters, but this one has " + length);
        }
    }

    private static void check(ImageEmbedded event, int dimension) {
        int actual = EmbeddingVector.dimension(event.getVector());
        if (actual != dimension) {
            throw new SerializationException(
                    "the embedding has " + actual + " numbers, but its backbone makes " + dimension);
        }
        FloatBuffer numbers =
                event.getVector().slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (int i = 0; i < dimension; i++) {
            if (!Float.isFinite(numbers.get(i))) {
                throw new SerializationException("number " + i + " of the embedding is " + numbers.get(i));
            }
        }
    }
}
