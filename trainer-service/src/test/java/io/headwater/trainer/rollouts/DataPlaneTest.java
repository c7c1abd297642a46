package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.GenerationRefused;
import io.headwater.events.InstanceReported;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataPlaneTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    // Of an unknown origin: it may be negative, and goes over the largest number
    private static final long NANOS = Long.MAX_VALUE - 5;

    @Test
    void an_instance_is_behind_until_it_serves_the_generation() {
        DataPlane plane = DataPlane.of(
                Map.of(
                        "a", heard(report(7L, Optional.empty(), NOON)),
                        "b", heard(report(6L, Optional.of(refused(7, 4, 2L)), NOON)),
                        "c", heard(report(6L, Optional.of(refused(6, 9, 2L)), NOON)),
                        "d", heard(report(null, Optional.empty(), NOON))),
                7,
                after(89));

        assertThat(plane.instances()).isEqualTo(4);
        assertThat(plane.behind()).containsExactly("b", "c", "d");
        assertThat(plane.serving()).isEqualTo(1);
        assertThat(plane.refusals())
                .containsExactly(new DataPlane.Refusal("b", "the file is damaged", 4, Optional.of(2L)));
    }

    @Test
    void an_instance_is_gone_after_three_missed_reports_and_not_because_of_its_clock() {
        for (Instant clock : new Instant[] {NOON, NOON.minus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(1))}) {
            Map<String, Received> reports = Map.of("b", heard(report(6L, Optional.of(refused(7, 4, 2L)), clock)));

            assertThat(DataPlane.of(reports, 7, after(90)).behind()).containsExactly("b");
            assertThat(DataPlane.of(reports, 7, after(90)).refusals()).hasSize(1);
            assertThat(DataPlane.of(reports, 7, after(91)).instances()).isZero();
        }
    }

    @Test
    void what_was_reported_before_the_trainer_began_counts_if_the_clocks_agree_that_it_is_fresh() {
        InstanceReported report = report(7L, Optional.empty(), NOON);
        Map<String, Received> reports = Map.of("a", Received.replayed(report, NOON.plusSeconds(60), NANOS));

        assertThat(DataPlane.of(reports, 7, after(30)).serving()).isEqualTo(1);
        assertThat(DataPlane.of(reports, 7, after(31)).instances()).isZero();
        Received ahead = Received.replayed(report, NOON.minusSeconds(60), NANOS);
        assertThat(DataPlane.of(Map.of("a", ahead), 7, after(90)).serving()).isEqualTo(1);
        assertThat(DataPlane.of(Map.of("a", ahead), 7, after(91)).instances()).isZero();
    }

    @Test
    void
            and_if_they_do_not_agree_it_holds_up_what_goes_forward_and_does_nothing_else_until_the_instance_reports_again() {
        for (Duration wrong : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(200_000)}) {
            Received serves = Received.replayed(report(7L, Optional.empty(), NOON.minus(wrong)), NOON, NANOS);
            Received refuses =
                    Received.replayed(report(6L, Optional.of(refused(7, 4, 2L)), NOON.minus(wrong)), NOON, NANOS);
            Map<String, Received> reports = Map.of("a", serves, "b", refuses);

            DataPlane plane = DataPlane.of(reports, 7, after(90));
            assertThat(plane.behind()).containsExactly("a", "b");
            assertThat(plane.refusals()).isEmpty();
            assertThat(DataPlane.of(reports, 7, after(91)).instances()).isZero();
        }
    }

    private static long after(long seconds) {
        return NANOS + Duration.ofSeconds(seconds).toNanos();
    }

    private static Received heard(InstanceReported report) {
        return Received.heard(report, NANOS);
    }

    private static GenerationRefused refused(long generation, int attempts, Long version) {
        return new GenerationRefused(generation, "the file is damaged", NOON, attempts, version);
    }

    private static InstanceReported report(Long generation, Optional<GenerationRefused> refusal, Instant reportedAt) {
        return InstanceReported.newBuilder()
                .setGeneration(generation)
                .setRefusal(refusal.orElse(null))
                .setStartedAt(NOON)
                .setReportedAt(reportedAt)
                .setHeartbeatMillis(30_000)
                .build();
    }
}
