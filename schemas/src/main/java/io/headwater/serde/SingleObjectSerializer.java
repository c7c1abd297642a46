package io.headwater.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Avro single-object encoding. Thread safe. */
final class SingleObjectSerializer<T extends SpecificRecord> implements Serializer<T> {
    private final BinaryMessageEncoder<T> encoder;

    SingleObjectSerializer(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        this.encoder = new BinaryMessageEncoder<>(model, model.getSchema(type));
    }

    @Override
    public byte[] serialize(String topic, T event) {
        if (event == null) {
            return null;
        }
        try {
            return exactly(encoder.encode(event));
        } catch (IOException | RuntimeException e) {
            throw new EventFormatException(
                    "a " + event.getSchema().getName() + " for topic '" + topic + "' can't be encoded: "
                            + e.getMessage(),
                    e);
        }
    }

    // The encoder gives an array of its own, most often of the very length.
    private static byte[] exactly(ByteBuffer buffer) {
        int from = buffer.arrayOffset() + buffer.position();
        if (from == 0 && buffer.remaining() == buffer.array().length) {
            return buffer.array();
        }
        return Arrays.copyOfRange(buffer.array(), from, from + buffer.remaining());
    }
}
