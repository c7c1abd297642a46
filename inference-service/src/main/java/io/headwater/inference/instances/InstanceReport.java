package io.headwater.inference.instances;

import io.headwater.events.GenerationRefused;
import io.headwater.events.InstanceReported;
import io.headwater.inference.rollout.Refusal;
import io.headwater.inference.rollout.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From the state of an instance to the event. */
final class InstanceReport {
    private InstanceReport() {}

    static InstanceReported of(InstanceState state, Instant startedAt, Instant now, Duration heartbeat) {
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
        return new GenerationRefused(refusal.generation(), refusal.reason(), refusal.since(), refusal.attempts());
    }
}
