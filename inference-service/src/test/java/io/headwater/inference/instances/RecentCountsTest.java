package io.headwater.inference.instances;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.inference.rollout.Counting;
import io.headwater.inference.rollout.RolloutState;
import io.headwater.inference.rollout.VersionTallies;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentCountsTest {
    private static final Instant APPLIED = States.APPLIED;
    private static final RolloutState THIRD = States.serving(3).rollout();

    private final VersionTallies tallies = new VersionTallies();
    private final RecentCounts recent = new RecentCounts(tallies);

    @Test
    void before_the_first_generation_there_is_nothing() {
        assertThat(recent.read(States.starting().rollout(), APPLIED, 0)).isEqualTo(RecentCounts.Recent.NOTHING);
    }

    @Test
    void it_tells_what_was_counted_since_the_generation_was_applied() {
        Counting.of(tallies, 3, 7).images(5, 1);

        RecentCounts.Recent read = read(Duration.ofSeconds(10));

        assertThat(read.since()).contains(APPLIED);
        assertThat(read.failed()).isEqualTo(1);
        assertThat(read.versions()).singleElement().satisfies(version -> {
            assertThat(version.version()).isEqualTo(7);
            assertThat(version.images()).isEqualTo(5);
        });
    }

    @Test
    void what_is_older_than_ten_minutes_counts_no_more() {
        Counting counting = Counting.of(tallies, 3, 7).images(1_000, 0);
        read(Duration.ZERO);
        read(Duration.ofMinutes(5));
        counting.images(20, 2);
        assertThat(images(Duration.ofMinutes(9))).isEqualTo(1_020);

        assertThat(images(Duration.ofMinutes(10))).isEqualTo(20);
        counting.images(3, 3);
        RecentCounts.Recent read = read(Duration.ofMinutes(11));
        assertThat(read.since()).contains(APPLIED.plus(Duration.ofMinutes(5)));
        assertThat(read.versions().get(0).images()).isEqualTo(23);
        assertThat(read.failed()).isEqualTo(5);
        assertThat(images(Duration.ofMinutes(15))).isEqualTo(3);
    }

    @Test
    void a_clock_that_is_set_back_keeps_nothing_that_is_older() {
        Counting counting = Counting.of(tallies, 3, 7).images(1_000, 0);
        read(Duration.ZERO);
        Instant setBack = APPLIED.minus(Duration.ofHours(1));
        recent.read(THIRD, setBack, Duration.ofMinutes(5).toNanos());
        counting.images(20, 20);

        RecentCounts.Recent read =
                recent.read(THIRD, setBack, Duration.ofMinutes(10).toNanos());

        assertThat(read.versions().get(0).images()).isEqualTo(20);
    }

    @Test
    void another_generation_begins_anew() {
        Counting.of(tallies, 3, 7).images(5, 1);
        read(Duration.ZERO);

        Counting.of(tallies, 4, 8).images(2, 0);
        RecentCounts.Recent read = recent.read(States.serving(4).rollout(), APPLIED.plusSeconds(60), 0);

        assertThat(read.versions()).singleElement().satisfies(version -> assertThat(version.images())
                .isEqualTo(2));
    }

    private long images(Duration later) {
        return read(later).versions().get(0).images();
    }

    private RecentCounts.Recent read(Duration later) {
        return recent.read(THIRD, APPLIED.plus(later), later.toNanos());
    }
}
