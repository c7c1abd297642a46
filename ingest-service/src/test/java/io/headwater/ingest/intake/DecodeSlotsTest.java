package io.headwater.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DecodeSlotsTest {
    private final DecodeSlots slots = new DecodeSlots(1, Duration.ofMillis(20), Duration.ofSeconds(3));

    @Test
    void who_finds_no_free_slot_in_time_is_turned_away() {
        assertThatThrownBy(() -> slots.with(() -> slots.with(() -> "inner")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.BUSY));
    }

    @Test
    void a_slot_is_free_again_after_a_failure() {
        assertThatThrownBy(() -> slots.with(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(slots.<String>with(() -> "next")).isEqualTo("next");
    }
}
