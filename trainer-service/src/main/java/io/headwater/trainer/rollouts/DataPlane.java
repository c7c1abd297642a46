package io.headwater.trainer.rollouts;

import io.headwater.events.GenerationRefused;
import io.headwater.events.InstanceReported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the instances of the inference-service make of the present rollout.
 *
 * @param instances those that report
 * @param behind those that serve an older generation
 * @param refusal that one can't serve the present generation, if so
 */
public record DataPlane(int instances, List<String> behind, Optional<Refusal> refusal) {
    /** Reports that may be missed before an instance is believed to be gone. */
    private static final int MISSED = 3;

    /**
     * @param instance which one
     * @param reason why; a sentence for people
     * @param attempts how often it has tried
     */
    public record Refusal(String instance, String reason, int attempts) {}

    /** Keeps a copy. */
    public DataPlane {
        behind = List.copyOf(behind);
    }

    /**
     * Reads the last reports.
     *
     * @param reports by instance
     * @param generation of the present rollout
     */
    static DataPlane of(Map<String, InstanceReported> reports, long generation, Instant now) {
        Map<String, InstanceReported> live = new TreeMap<>(reports);
        live.values().removeIf(report -> report.getReportedAt()
                .plus(Duration.ofMillis(MISSED * report.getHeartbeatMillis()))
                .isBefore(now));
        List<String> behind = new ArrayList<>();
        Optional<Refusal> worst = Optional.empty();
        for (Map.Entry<String, InstanceReported> entry : live.entrySet()) {
            Long serves = entry.getValue().getGeneration();
            if (serves != null && serves >= generation) {
                // Refused is then at most the next backbone, and what is served goes on.
                continue;
            }
            behind.add(entry.getKey());
            GenerationRefused refused = entry.getValue().getRefusal();
            if (refused != null
                    && refused.getGeneration() == generation
                    && refused.getAttempts() > worst.map(Refusal::attempts).orElse(0)) {
                worst = Optional.of(new Refusal(entry.getKey(), refused.getReason(), refused.getAttempts()));
            }
        }
        return new DataPlane(live.size(), behind, worst);
    }
}
