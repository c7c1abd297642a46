package io.headwater.trainer.examples;

import io.headwater.serde.EventFormat;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The last record of an image in a topic, as the stores keep it.
 *
 * @param event the event; empty: taken back
 * @param offset where it stood in its partition; negative: unknown
 * @param timestamp of the record, milliseconds since the epoch
 */
record Stored<T extends SpecificRecord>(Optional<T> event, long offset, long timestamp) {
    private static final int HEADER = 2 * Long.BYTES;

    /**
     * Whether a record comes before this one and has been read already. Its offset alone doesn't tell: a topic that was made
     * anew begins at 0 again, but with later times.
     */
    boolean supersedes(long otherOffset, long otherTimestamp) {
        return otherOffset < offset && otherTimestamp <= timestamp;
    }

    /** Offset and timestamp, 8 bytes each, and then the event in Avro single-object encoding, whatever the topics are in. */
    static <T extends SpecificRecord> Serde<Stored<T>> serde(Class<T> type) {
        Serde<T> events = EventFormat.singleObject().serde(type);
        return Serdes.serdeFrom(
                (topic, stored) -> stored == null
                        ? null
                        : bytes(
                                stored,
                                stored.event()
                                        .map(event -> events.serializer().serialize(topic, event))
                                        .orElse(new byte[0])),
                (topic, bytes) -> {
                    if (bytes == null) {
                        return null;
                    }
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    long offset = buffer.getLong();
                    long timestamp = buffer.getLong();
                    byte[] event = new byte[buffer.remaining()];
                    buffer.get(event);
                    return new Stored<>(
                            event.length == 0
                                    ? Optional.empty()
                                    : Optional.of(events.deserializer().deserialize(topic, event)),
                            offset,
                            timestamp);
                });
    }

    private static byte[] bytes(Stored<?> stored, byte[] event) {
        return ByteBuffer.allocate(HEADER + event.length)
                .putLong(stored.offset())
                .putLong(stored.timestamp())
                .put(event)
                .array();
    }
}
