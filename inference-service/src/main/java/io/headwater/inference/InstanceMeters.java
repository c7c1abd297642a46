package io.headwater.inference;

import io.headwater.inference.rollout.RolloutState;
import io.headwater.inference.stream.PipelineStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Gauges of how far an instance is, and of what it serves. A version comes and goes: it is a value, not a tag. */
final class InstanceMeters {
    private InstanceMeters() {}

    static void register(MeterRegistry registry, PipelineStatus pipeline, Supplier<RolloutState> rollout) {
        Gauge.builder("headwater.inference.lag", pipeline, PipelineStatus::behind)
                .description("Images of its partitions without a committed result")
                .register(registry);
        Gauge.builder("headwater.inference.in.flight", pipeline, PipelineStatus::inFlight)
                .description("Images that were read and have no committed result")
                .register(registry);
        Gauge.builder("headwater.inference.partitions", pipeline, PipelineStatus::partitions)
                .description("Partitions of images that this instance reads")
                .register(registry);
        version(registry, rollout, "stable", RolloutState::stable);
        version(registry, rollout, "canary", RolloutState::canary);
        Gauge.builder("headwater.inference.shadows", rollout, state -> state.get()
                        .shadows()
                        .size())
                .description("Versions that answer unseen")
                .register(registry);
    }

    private static void version(
            MeterRegistry registry,
            Supplier<RolloutState> rollout,
            String part,
            Function<RolloutState, Optional<Long>> version) {
        Gauge.builder("headwater.inference.version", () -> version.apply(rollout.get())
                        .map(Long::doubleValue)
                        .orElse(Double.NaN))
                .description("Number of the version that answers; NaN when there is none")
                .tag("part", part)
                .register(registry);
    }
}
