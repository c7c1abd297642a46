package io.headwater.trainer.quality;

import io.headwater.events.ImageClassified;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Deserialisers that also refuse predictions that are well-formed but can't be judged. */
final class CheckedPredictions {
    private CheckedPredictions() {}

    /** Refuses a record without a key: nobody knows which image it is of. */
    static Deserializer<String> keys() {
        StringDeserializer keys = new StringDeserializer();
        return (topic, bytes) -> {
            if (bytes == null) {
                throw new SerializationException("the record has no key");
            }
            return keys.deserialize(topic, bytes);
        };
    }

    /** Refuses a version without a label, and probabilities that are none. */
    static Deserializer<ImageClassified> values(Deserializer<ImageClassified> events) {
        return (topic, bytes) -> {
            ImageClassified event = events.deserialize(topic, bytes);
            if (event != null) {
                check(event);
            }
            return event;
        };
    }

    private static void check(ImageClassified event) {
        if (event.getVersion() != null && event.getLabel() == null) {
            throw new SerializationException("version " + event.getVersion() + " gives no label");
        }
        check(event.getConfidence());
        event.getTop().forEach(scored -> check(scored.getProbability()));
        event.getShadows().forEach(shadow -> check(shadow.getConfidence()));
    }

    private static void check(float probability) {
        // Also false for what is not a number.
        if (!(probability >= 0 && probability <= 1.001f)) {
            throw new SerializationException("a probability is " + probability);
        }
    }
}
