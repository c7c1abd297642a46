package io.headwater.trainer.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.events.GenerationRefused;
import io.headwater.events.InstanceReported;
import io.headwater.events.VersionReported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
 * @param versions what those that serve the present generation have seen of each version
 */
public record DataPlane(
        int instances, List<String> behind, Optional<Refusal> refusal, Map<Long, VersionHealth> versions) {
    /** Reports that may be missed before an instance is believed to be gone. */
    private static final int MISSED = 3;

    /**
     * That an instance can't serve it.
     *
     * @param instance which one
     * @param reason why; a sentence for people
     * @param attempts how often it has tried
     * @param version the version that is to blame; empty when it is something else
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Refusal(String instance, String reason, int attempts, Optional<Long> version) {}

    /** Keeps a copy. */
    public DataPlane {
        behind = List.copyOf(behind);
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    }

    /** Nothing is known of the versions. */
    DataPlane(int instances, List<String> behind, Optional<Refusal> refusal) {
        this(instances, behind, refusal, Map.of());
    }

    /** What is known of a version. */
    VersionHealth health(long version) {
        return versions.getOrDefault(version, VersionHealth.of(List.of()));
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
        Map<Long, List<VersionReported>> seen = new TreeMap<>();
        Optional<Refusal> worst = Optional.empty();
        for (Map.Entry<String, InstanceReported> entry : live.entrySet()) {
            Long serves = entry.getValue().getGeneration();
            if (serves != null && serves >= generation) {
                // Refused is then at most the next backbone, and what is served goes on.
                entry.getValue().getVersions().forEach(version -> seen.computeIfAbsent(
                                version.getVersion(), any -> new ArrayList<>())
                        .add(version));
                continue;
            }
            behind.add(entry.getKey());
            GenerationRefused refused = entry.getValue().getRefusal();
            if (refused != null
                    && refused.getGeneration() == generation
                    && refused.getAttempts() > worst.map(Refusal::attempts).orElse(0)) {
                worst = Optional.of(new Refusal(
                        entry.getKey(),
                        refused.getReason(),
                        refused.getAttempts(),
                        Optional.ofNullable(refused.getVersion())));
            }
        }
        Map<Long, VersionHealth> versions = new TreeMap<>();
        seen.forEach((version, reported) -> versions.put(version, VersionHealth.of(reported)));
        return new DataPlane(live.size(), behind, worst, versions);
    }
}
