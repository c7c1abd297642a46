package io.headwater.trainer.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.ImageLabelled;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class CheckedEventsTest {
    private static final String EMOJI = "\uD83D\uDC1D";

    @Test
    void a_label_has_up_to_64_characters_however_many_code_units_they_take() {
        assertThat(read(EMOJI.repeat(64)).getLabel()).isEqualTo(EMOJI.repeat(64));
        assertThatThrownBy(() -> read(EMOJI.repeat(65)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("this one has 65");
    }

    @Test
    void a_blank_label_is_refused() {
        assertThatThrownBy(() -> read("  "))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("this one has 0");
    }

    private static ImageLabelled read(String label) {
        return CheckedEvents.labels((topic, bytes) -> new ImageLabelled(label, "test", Instant.EPOCH))
                .deserialize("labels", new byte[0]);
    }
}
