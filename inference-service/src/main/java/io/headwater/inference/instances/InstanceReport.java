package io.headwater.inference.instances;

import io.headwater.events.GenerationRefused;
import io.headwater.events.InstanceReported;
import io.headwater.events.VersionReported;
import io.headwater.inference.rollout.Refusal;
import io.headwater.inference.rollout.RolloutState;
import io.headwater.inference.rollout.VersionCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** From the state of an instance to the event. */
final class InstanceReport {
    private InstanceReport() {}

    static InstanceReported of(
            InstanceState state, RecentCounts.Recent recent, Instant startedAt, Instant now, Duration heartbeat) {
        RolloutState rollout = state.rollout();
        return InstanceReported.newBuilder()
                .setGeneration(rollout.generation().orElse(null))
                .setBackbone(rollout.backbone().orElse(null))
                .setNextBackbone(rollout.nextBackbone().orElse(null))
                .setStable(rollout.stable().orElse(null))
                .setCanary(rollout.canary().orElse(null))
                .setCanaryPercentage(rollout.canaryPercentage())
                .setShadows(rollout.shadows())
                .setSince(rollout.appliedAt().orElse(null))
                .setRefusal(refusal(rollout).orElse(null))
                .setPartitions(state.partitions())
                .setReady(state.isReady())
                .setVersions(
                        recent.versions().stream().map(InstanceReport::reported).toList())
                .setCountedSince(recent.since().orElse(null))
                .setStartedAt(startedAt)
                .setReportedAt(now)
                .setHeartbeatMillis(heartbeat.toMillis())
                .build();
    }

    // Garbage among the rollouts is no generation, and every instance sees it.
    private static Optional<GenerationRefused> refusal(RolloutState rollout) {
        return rollout.refused().stream()
                .filter(refusal -> refusal.generation() > 0)
                .findFirst()
                .map(InstanceReport::refused);
    }

    private static GenerationRefused refused(Refusal refusal) {
        return new GenerationRefused(
                refusal.generation(),
                refusal.reason(),
                refusal.since(),
                refusal.attempts(),
                refusal.version().orElse(null));
    }

    private static VersionReported reported(VersionCounts counts) {
        long[] times = counts.times();
        int used = times.length;
        while (used > 0 && times[used - 1] == 0) {
            used--;
        }
        return new VersionReported(
                counts.version(),
                counts.images(),
                counts.failed(),
                Arrays.stream(times).limit(used).boxed().toList());
    }
}
