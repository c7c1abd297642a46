package io.headwater.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageLabelled;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class SingleObjectFormatTest {
    private static final ImageLabelled EVENT =
            new ImageLabelled("daisy", "ann", Instant.ofEpochMilli(1_700_000_000_000L));
    private static final EventFormat FORMAT = EventFormat.singleObject();

    private final byte[] bytes = FORMAT.serializer(ImageLabelled.class).serialize("labels", EVENT);

    @Test
    void an_event_survives_the_round_trip() {
        assertThat(read(bytes)).isEqualTo(EVENT);
    }

    @Test
    void the_header_holds_the_fingerprint_of_the_schema() {
        long fingerprint = SchemaNormalization.parsingFingerprint64(ImageLabelled.getClassSchema());

        assertThat(Arrays.copyOf(bytes, 10))
                .isEqualTo(ByteBuffer.allocate(10)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .put((byte) 0xC3)
                        .put((byte) 0x01)
                        .putLong(fingerprint)
                        .array());
    }

    @Test
    void a_tombstone_stays_a_tombstone() {
        assertThat(FORMAT.serializer(ImageLabelled.class).serialize("labels", null))
                .isNull();
        assertThat(read(null)).isNull();
    }

    @Test
    void an_empty_record_is_refused() {
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOf(EventFormatException.class)
                .hasMessageContaining("is empty");
    }

    @Test
    void text_is_refused_with_its_beginning() {
        assertThatThrownBy(() -> read("{\"label\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(EventFormatException.class)
                .hasMessageContaining("topic 'labels' should hold ImageLabelled")
                .hasMessageContaining("7b226c");
    }

    @Test
    void another_event_is_refused() {
        byte[] other = FORMAT.serializer(ImageEmbedded.class)
                .serialize("labels", new ImageEmbedded("b", ByteBuffer.wrap(new byte[8]), Instant.EPOCH));

        assertThatThrownBy(() -> read(other))
                .isInstanceOf(EventFormatException.class)
                .hasMessageContaining("does not know");
    }

    @Test
    void every_truncation_is_refused() {
        for (int length = 1; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(truncated)).isInstanceOf(EventFormatException.class);
        }
    }

    @Test
    void random_damage_never_throws_anything_but_a_format_error() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[10 + random.nextInt(damaged.length - 10)] = (byte) random.nextInt(256);
            try {
                read(damaged);
            } catch (EventFormatException expected) {
                assertThat(expected).hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void the_serializer_that_is_configured_by_name_writes_the_same_bytes() {
        try (EventSerializer serializer = new EventSerializer()) {
            serializer.configure(Map.of(), false);

            assertThat(serializer.serialize("labels", EVENT)).isEqualTo(bytes);
        }
    }

    @Test
    void a_registry_address_that_is_none_is_refused_with_the_key() {
        assertThatThrownBy(() -> EventFormat.registry(URI.create("localhost:8085")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.schema-registry");
    }

    private static ImageLabelled read(byte[] bytes) {
        return FORMAT.deserializer(ImageLabelled.class).deserialize("labels", bytes);
    }
}
