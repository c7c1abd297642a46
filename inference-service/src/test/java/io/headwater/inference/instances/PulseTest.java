package io.headwater.inference.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    // Nanoseconds of an unknown origin may be negative, and go over the largest number.
    private static final long NOON = Long.MAX_VALUE - 5;
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private final Pulse pulse = new Pulse(HEARTBEAT);

    @Test
    void the_first_report_is_due_at_once() {
        assertThat(pulse.isDue(States.serving(1), 0, NOON)).isTrue();
    }

    @Test
    void without_a_change_the_next_is_due_after_a_heartbeat() {
        pulse.reported(States.serving(1), 0, NOON);

        assertThat(pulse.isDue(States.serving(1), 0, NOON + HEARTBEAT.toNanos() - 1))
                .isFalse();
        assertThat(pulse.isDue(States.serving(1), 0, NOON + HEARTBEAT.toNanos()))
                .isTrue();
    }

    @Test
    void every_change_is_due_at_once() {
        pulse.reported(States.serving(1), 0, NOON);

        assertThat(pulse.isDue(States.serving(2), 0, NOON)).isTrue();
        assertThat(pulse.isDue(States.serving(1, 3), 0, NOON)).isTrue();
        assertThat(pulse.isDue(States.refusing(1, 2, "no file"), 0, NOON)).isTrue();
    }

    @Test
    void failures_are_due_at_the_first_and_whenever_they_have_doubled() {
        pulse.reported(States.serving(1), 0, NOON);

        assertThat(pulse.isDue(States.serving(1), 1, NOON)).isTrue();
        pulse.reported(States.serving(1), 10, NOON);
        assertThat(pulse.isDue(States.serving(1), 20, NOON)).isFalse();
        assertThat(pulse.isDue(States.serving(1), 21, NOON)).isTrue();
    }
}
