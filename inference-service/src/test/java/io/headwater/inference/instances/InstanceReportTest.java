package io.headwater.inference.instances;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.GenerationRefused;
import io.headwater.events.InstanceReported;
import io.headwater.events.VersionReported;
import io.headwater.inference.rollout.VersionCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceReportTest {
    private static final Instant STARTED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final RecentCounts.Recent RECENT = new RecentCounts.Recent(
            Optional.of(States.APPLIED), List.of(new VersionCounts(7, 90, 2, new long[] {0, 3, 1, 0, 0})));

    @Test
    void a_report_says_all_that_is_served() {
        assertThat(report(States.serving(3, 0, 2)))
                .isEqualTo(InstanceReported.newBuilder()
                        .setGeneration(3L)
                        .setBackbone("backbone")
                        .setNextBackbone("next")
                        .setStable(7L)
                        .setCanary(8L)
                        .setCanaryPercentage(10)
                        .setShadows(List.of(5L, 6L))
                        .setSince(States.APPLIED)
                        .setPartitions(List.of(0, 2))
                        .setReady(true)
                        .setVersions(List.of(new VersionReported(7L, 90L, 2L, List.of(0L, 3L, 1L))))
                        .setCountedSince(States.APPLIED)
                        .setStartedAt(STARTED)
                        .setReportedAt(NOW)
                        .setHeartbeatMillis(30_000)
                        .build());
    }

    @Test
    void a_refused_generation_is_told_with_its_reason_and_garbage_is_not() {
        assertThat(report(States.refusing(3, 4, "no such file")).getRefusal())
                .isEqualTo(new GenerationRefused(4L, "no such file", States.REFUSED, 4, 8L));
    }

    @Test
    void before_the_first_generation_it_says_that_it_is_there_and_not_ready() {
        InstanceReported report = report(States.starting());

        assertThat(report.getReady()).isFalse();
        assertThat(report.getGeneration()).isNull();
        assertThat(report.getSince()).isNull();
        assertThat(report.getRefusal()).isNull();
    }

    private static InstanceReported report(InstanceState state) {
        return InstanceReport.of(state, RECENT, STARTED, NOW, Duration.ofSeconds(30));
    }
}
