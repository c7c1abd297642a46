package io.headwater.benchmarks.inference.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long MILLI = 1_000_000;

    @Test
    void an_image_that_was_sent_late_has_waited_since_it_was_due() {
        Schedule schedule = new Schedule(100, 2, 1000, 0);

        schedule.arrived(100, 5 * MILLI);
        schedule.arrived(101, 5 * MILLI);

        assertThat(schedule.latencies()).isEqualTo(new Latencies(4, 5, 5, 5, 5));
    }

    @Test
    void images_of_another_run_do_not_count() {
        Schedule schedule = new Schedule(100, 1, 1000, 0);

        schedule.arrived(100, 5 * MILLI);
        schedule.arrived(99, 50 * MILLI);
        schedule.arrived(101, 50 * MILLI);

        assertThat(schedule.latencies().max()).isEqualTo(5);
    }

    @Test
    void nobody_waits_for_an_image_that_is_due_already() {
        Schedule schedule = new Schedule(0, 1, 1000, System.nanoTime() - 7 * MILLI);

        assertThat(schedule.await(0)).isGreaterThanOrEqualTo(7 * MILLI);
    }
}
