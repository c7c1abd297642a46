package io.headwater.trainer.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.events.GenerationRefused;
import io.headwater.events.InstanceReported;
import io.headwater.events.VersionReported;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the instances of the inference-service make of the present rollout.
 *
 * @param instances those that report
 * @param behind those that serve an older generation, or have yet to say what they serve since this trainer is there
 * @param refusals of those that can't serve the present generation, first those that blame a version, then those that tried most
 * @param versions what those that serve the present generation have seen of each version
 */
public record DataPlane(int instances, List<String> behind, List<Refusal> refusals, Map<Long, VersionHealth> versions) {
    private static final Comparator<Refusal> WORST_FIRST = Comparator.comparing(
                    (Refusal refusal) -> refusal.version().isEmpty())
            .thenComparing(Refusal::attempts, Comparator.reverseOrder());

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
        refusals = refusals.stream().sorted(WORST_FIRST).toList();
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    }

    /** Nothing is known of the versions. */
    DataPlane(int instances, List<String> behind, Optional<Refusal> refusal) {
        this(instances, behind, refusal.stream().toList(), Map.of());
    }

    /** Instances that serve the present generation. */
    int serving() {
        return instances - behind.size();
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
     * @param nanos now, in the time of {@link Received#nanos}
     */
    static DataPlane of(Map<String, Received> reports, long generation, long nanos) {
        Map<String, Received> live = new TreeMap<>(reports);
        live.values().removeIf(received -> !received.isLive(nanos));
        List<String> behind = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        Map<Long, List<VersionReported>> seen = new TreeMap<>();
        live.forEach((instance, received) -> {
            InstanceReported report = received.report();
            if (received.sure() && report.getGeneration() != null && report.getGeneration() >= generation) {
                // Refused is then at most the next backbone, and what is served goes on.
                report.getVersions()
                        .forEach(version -> seen.computeIfAbsent(version.getVersion(), any -> new ArrayList<>())
                                .add(version));
                return;
            }
            behind.add(instance);
            Optional.ofNullable(report.getRefusal())
                    .filter(refused -> received.sure() && refused.getGeneration() == generation)
                    .map(refused -> refusal(instance, refused))
                    .ifPresent(refusals::add);
        });
        Map<Long, VersionHealth> versions = new TreeMap<>();
        seen.forEach((version, reported) -> versions.put(version, VersionHealth.of(reported)));
        return new DataPlane(live.size(), behind, refusals, versions);
    }

    private static Refusal refusal(String instance, GenerationRefused refused) {
        return new Refusal(
                instance, refused.getReason(), refused.getAttempts(), Optional.ofNullable(refused.getVersion()));
    }
}
