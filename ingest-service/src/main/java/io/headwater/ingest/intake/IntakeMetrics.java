package io.headwater.ingest.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** {@code headwater.images} by outcome, {@code headwater.intake.seconds} by stage. */
@ApplicationScoped
class IntakeMetrics {
    private final MeterRegistry registry;

    IntakeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts an upload; the outcome is {@code accepted} or the kind of problem. */
    void count(String outcome) {
        registry.counter("headwater.images", "outcome", outcome).increment();
    }

    void count(Enum<?> problem) {
        count(problem.name().toLowerCase(Locale.ROOT));
    }

    /** {@code headwater.intake.bytes}: what uploads take of the memory that there is for them. */
    void watch(InFlightBytes inFlight) {
        Gauge.builder("headwater.intake.bytes", inFlight, InFlightBytes::taken)
                .description("Bytes of uploads in memory")
                .register(registry);
    }

    /** The timer of a stage: decode, encode or publish. */
    Timer stage(String stage) {
        return registry.timer("headwater.intake.seconds", "stage", stage);
    }
}
