package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void who_is_known_signs_and_whoever_he_does_it_for_is_named_after_him() {
        assertThat(new Command("alice", "why").signed(Optional.of("ci")).by()).isEqualTo("ci for alice");
        assertThat(new Command("ci", "why").signed(Optional.of("ci")).by()).isEqualTo("ci");
        assertThat(new Command("", "why").signed(Optional.of("ci")).by()).isEqualTo("ci");
        assertThat(new Command("alice", "why").signed(Optional.empty()).by()).isEqualTo("alice");
    }

    @Test
    void who_it_is_may_be_left_out_only_where_it_is_known() {
        assertThat(new Command(" ", "why").isComplete(true)).isTrue();
        assertThat(new Command(" ", "why").isComplete(false)).isFalse();
        assertThat(new Command("alice", " ").isComplete(true)).isFalse();
        assertThat(new Command("a".repeat(65), "why").isComplete(true)).isFalse();
    }
}
