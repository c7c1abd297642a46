package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final long MILLI = 1_000_000;

    private final Flow flow = new Flow(100, Duration.ofMillis(250), Duration.ZERO, 1 << 20, 64, 1000);

    @Test
    void results_wait_for_others_until_there_are_enough_or_the_first_is_old() {
        assertThat(flow.isCommitDue(99, 249 * MILLI, false)).isFalse();
        assertThat(flow.isCommitDue(100, 0, false)).isTrue();
        assertThat(flow.isCommitDue(1, 250 * MILLI, false)).isTrue();
    }

    @Test
    void results_wait_for_nothing_when_no_other_image_is_on_its_way() {
        assertThat(flow.isCommitDue(1, 0, true)).isTrue();
        assertThat(flow.isCommitDue(0, 0, true)).isFalse();
    }

    @Test
    void with_the_latency_profile_results_never_wait() {
        assertThat(Flow.of(Profile.LATENCY, 64, 1000).isCommitDue(1, 0, false)).isTrue();
    }

    @Test
    void another_poll_is_taken_only_where_its_images_fit_and_the_bytes_are_not_reached() {
        assertThat(flow.isRoom(48, 999)).isTrue();
        assertThat(flow.isRoom(49, 0)).isFalse();
        assertThat(flow.isRoom(0, 1000)).isFalse();
    }

    @Test
    void a_poll_is_never_more_than_a_commit_or_than_fits() {
        assertThat(flow.imagesPerPoll()).isEqualTo(16);
        assertThat(new Flow(5, Duration.ZERO, Duration.ZERO, 1, 64, 1).imagesPerPoll())
                .isEqualTo(5);
        assertThat(new Flow(100, Duration.ZERO, Duration.ZERO, 1, 3, 1).imagesPerPoll())
                .isEqualTo(3);
    }

    @Test
    void an_impossible_value_is_refused_with_its_key() {
        assertThatThrownBy(() -> new Flow(1, Duration.ofMillis(-1), Duration.ZERO, 1, 1, 1))
                .hasMessageContaining("headwater.inference.commit-interval is -1 ms, but must be 0 to 5000 ms");
        assertThatThrownBy(() -> new Flow(1, Duration.ZERO, Duration.ZERO, 1, 0, 1))
                .hasMessageContaining("headwater.inference.images-in-flight is 0");
    }
}
