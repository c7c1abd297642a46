package io.headwater.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.ImageLabelled;
import io.headwater.events.RolloutChanged;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The Confluent wire format. Runs against a real registry with {@code -Dheadwater.test.registry=http://…/apis/registry/v3}
 * (how: CONTRIBUTING.md; Apicurio's needs Java 21, so the build can't start it), else against {@link StandInRegistry}.
 */
class RegistryFormatTest {
    private static final ImageLabelled EVENT =
            new ImageLabelled("daisy", "ann", Instant.ofEpochMilli(1_700_000_000_000L));

    private static StandInRegistry standIn;
    private static URI address;

    @BeforeAll
    static void findRegistry() throws IOException {
        String real = System.getProperty("headwater.test.registry", "");
        if (real.isEmpty()) {
            standIn = StandInRegistry.start();
            address = standIn.address();
        } else {
            address = URI.create(real);
        }
    }

    @AfterAll
    static void stopRegistry() {
        if (standIn != null) {
            standIn.close();
        }
    }

    @Test
    void an_event_survives_the_round_trip() {
        EventFormat format = EventFormat.registry(address);
        try (var serializer = format.serializer(ImageLabelled.class);
                var deserializer = format.deserializer(ImageLabelled.class)) {
            byte[] bytes = serializer.serialize("labels", EVENT);

            assertThat(bytes[0]).isZero();
            assertThat(deserializer.deserialize("labels", bytes)).isEqualTo(EVENT);
        }
    }

    @Test
    void what_was_written_before_there_was_a_registry_is_still_read() {
        byte[] before =
                EventFormat.singleObject().serializer(ImageLabelled.class).serialize("labels", EVENT);

        try (var deserializer = EventFormat.registry(address).deserializer(ImageLabelled.class)) {
            assertThat(deserializer.deserialize("labels", before)).isEqualTo(EVENT);
        }
    }

    @Test
    void an_unknown_schema_id_is_refused_with_a_sentence() {
        byte[] unknown = {0, 0x7F, 0, 0, 1, 2, 3};

        try (var deserializer = EventFormat.registry(address).deserializer(ImageLabelled.class)) {
            assertThatThrownBy(() -> deserializer.deserialize("labels", unknown))
                    .isInstanceOf(EventFormatException.class)
                    .hasMessageContaining("should hold ImageLabelled");
        }
    }

    @Test
    void another_type_of_event_is_refused_with_a_sentence() {
        EventFormat format = EventFormat.registry(address);
        try (var serializer = format.serializer(ImageLabelled.class);
                var deserializer = format.deserializer(RolloutChanged.class)) {
            byte[] bytes = serializer.serialize("labels", EVENT);

            assertThatThrownBy(() -> deserializer.deserialize("rollouts", bytes))
                    .isInstanceOf(EventFormatException.class)
                    .hasMessageContaining("should hold RolloutChanged");
        }
    }

    @Test
    void without_the_registry_the_reader_says_what_to_set() {
        byte[] bytes;
        try (var serializer = EventFormat.registry(address).serializer(ImageLabelled.class)) {
            bytes = serializer.serialize("labels", EVENT);
        }

        var deserializer = EventFormat.singleObject().deserializer(ImageLabelled.class);

        assertThatThrownBy(() -> deserializer.deserialize("labels", bytes))
                .isInstanceOf(EventFormatException.class)
                .hasMessageContaining("set headwater.schema-registry");
    }

    @Test
    void a_registry_that_is_away_is_no_fault_of_the_record() throws IOException {
        StandInRegistry dying = StandInRegistry.start();
        byte[] bytes;
        try (var serializer = EventFormat.registry(dying.address()).serializer(ImageLabelled.class)) {
            bytes = serializer.serialize("labels", EVENT);
        }
        dying.close();

        try (var deserializer = EventFormat.registry(dying.address()).deserializer(ImageLabelled.class);
                var serializer = EventFormat.registry(dying.address()).serializer(ImageLabelled.class)) {
            assertThatThrownBy(() -> deserializer.deserialize("labels", bytes))
                    .isInstanceOf(RegistryUnavailableException.class);
            assertThatThrownBy(() -> serializer.serialize("labels", EVENT))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void a_truncated_record_is_a_fault_of_the_record() {
        EventFormat format = EventFormat.registry(address);
        try (var serializer = format.serializer(ImageLabelled.class);
                var deserializer = format.deserializer(ImageLabelled.class)) {
            byte[] bytes = serializer.serialize("labels", EVENT);

            assertThatThrownBy(() -> deserializer.deserialize("labels", Arrays.copyOf(bytes, bytes.length - 3)))
                    .isInstanceOf(EventFormatException.class);
        }
    }
}
