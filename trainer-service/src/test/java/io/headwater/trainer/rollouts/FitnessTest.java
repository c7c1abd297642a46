package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.VersionReported;
import io.headwater.serde.DurationBuckets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FitnessTest {
    private final Fitness fitness = new Fitness(RolloutSettings.DEFAULT);

    @Test
    void a_version_that_gives_no_probabilities_where_the_other_does_is_unfit() {
        assertThat(fault(new VersionHealth(800, 40, 0, 0), new VersionHealth(800, 0, 0, 0)))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("It gave no probabilities of 40 of the last 800 images, version 1 of 0 of them;"
                                + " 1 % is the most (evidence ")
                        .endsWith(" of 100)."));
    }

    @Test
    void a_failure_or_two_are_no_fault_and_neither_is_a_rate_below_the_limit() {
        VersionHealth sound = new VersionHealth(100_000, 0, 0, 0);
        assertThat(fault(new VersionHealth(2, 2, 0, 0), sound)).isEmpty();
        assertThat(fault(new VersionHealth(100_000, 900, 0, 0), sound)).isEmpty();
        assertThat(fault(new VersionHealth(20, 20, 0, 0), new VersionHealth(20, 0, 0, 0)))
                .isPresent();
    }

    @Test
    void a_head_that_takes_longer_than_the_budget_allows_is_unfit() {
        assertThat(fault(new VersionHealth(800, 0, 120, 7_168), new VersionHealth(800, 0, 118, 40)))
                .contains(
                        "Its head takes 7.17 ms for an image, that of version 1 0.04 ms (medians of 120 and 118 images);"
                                + " 5.00 ms more is the most.");
        assertThat(fault(new VersionHealth(800, 0, 120, 4_096), new VersionHealth(800, 0, 118, 40)))
                .isEmpty();
        assertThat(fault(new VersionHealth(800, 0, 19, 7_168), new VersionHealth(800, 0, 118, 40)))
                .as("too few times")
                .isEmpty();
    }

    @Property(tries = 500)
    void what_the_other_version_shows_as_well_is_held_against_neither(
            @ForAll @LongRange(max = 1_000_000) long images,
            @ForAll @IntRange(max = 100) int failedPercent,
            @ForAll @LongRange(max = 10_000) long timed,
            @ForAll @LongRange(max = 10_000_000) long median) {
        VersionHealth same = new VersionHealth(images, images * failedPercent / 100, timed, median);

        assertThat(fault(same, same)).isEmpty();
    }

    @Property(tries = 500)
    void a_machine_that_becomes_slower_makes_no_version_unfit(
            @ForAll @LongRange(min = 4, max = 2_000) long median, @ForAll @IntRange(min = 1, max = 1_000) int slower) {
        VersionHealth own = new VersionHealth(1_000, 0, 100, median * slower);
        VersionHealth other = new VersionHealth(1_000, 0, 100, median * slower);

        assertThat(fault(own, other)).isEmpty();
    }

    @Test
    void a_version_has_shown_itself_when_it_was_scored_and_timed_often_enough() {
        assertThat(fitness.missing(2, plane(new VersionHealth(20, 0, 20, 10), new VersionHealth(20, 0, 20, 10))))
                .isEmpty();
        assertThat(fitness.missing(2, new DataPlane(1, List.of(), Optional.empty())))
                .contains("it has been scored on 0 of 20 images and timed on 0 of 20");
    }

    @Test
    void what_instances_report_is_added() {
        VersionHealth health = VersionHealth.of(List.of(
                new VersionReported(2L, 10L, 1L, times(3, 40)), new VersionReported(2L, 5L, 0L, times(4, 5_000))));

        assertThat(health).isEqualTo(new VersionHealth(15, 1, 7, DurationBuckets.from(DurationBuckets.of(5_000))));
        assertThat(VersionHealth.of(List.of())).isEqualTo(new VersionHealth(0, 0, 0, 0));
        List<Long> tooMany = new ArrayList<>(Collections.nCopies(DurationBuckets.COUNT + 5, 1L));
        assertThat(VersionHealth.of(List.of(new VersionReported(2L, 1L, 0L, tooMany)))
                        .timed())
                .as("of a later release with more buckets, what is known")
                .isEqualTo(DurationBuckets.COUNT);
    }

    private static List<Long> times(long count, long micros) {
        List<Long> times = new ArrayList<>(Collections.nCopies(DurationBuckets.of(micros), 0L));
        times.add(count);
        return times;
    }

    private Optional<String> fault(VersionHealth own, VersionHealth other) {
        return fitness.fault(2, 1, plane(own, other));
    }

    private static DataPlane plane(VersionHealth own, VersionHealth other) {
        return new DataPlane(1, List.of(), List.of(), Map.of(2L, own, 1L, other));
    }
}
