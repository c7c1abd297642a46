package io.headwater.inference.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.serde.DurationBuckets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionTalliesTest {
    private final VersionTallies tallies = new VersionTallies();

    @Test
    void the_counts_of_all_threads_are_added() {
        for (int thread = 0; thread < 3; thread++) {
            VersionTally tally = tallies.open(new VersionTally(5, List.of(1L, 2L)));
            tally.scored(0, true);
            tally.scored(1, thread > 0);
            tally.took(1, 40_000);
        }

        VersionCounts second = tallies.counts(5).get(2L);
        assertThat(second.images()).isEqualTo(3);
        assertThat(second.failed()).isEqualTo(1);
        assertThat(second.times()[DurationBuckets.of(40)]).isEqualTo(3);
        assertThat(tallies.counts(5).get(1L).failed()).isZero();
    }

    @Test
    void only_the_asked_generation_counts_and_older_ones_are_let_go() {
        VersionTally old = tallies.open(new VersionTally(5, List.of(1L)));
        old.scored(0, true);
        tallies.open(new VersionTally(6, List.of(1L)));

        assertThat(tallies.counts(6).get(1L).images()).isZero();
        assertThat(tallies.counts(5)).isEmpty();
    }
}
