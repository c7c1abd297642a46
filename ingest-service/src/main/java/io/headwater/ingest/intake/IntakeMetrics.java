package io.headwater.ingest.intake;

import io.headwater.ingest.problem.ProblemKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code headwater.images} by outcome, {@code headwater.intake.seconds} by stage, and who waits for what. */
@ApplicationScoped
class IntakeMetrics {
    private static final String ACCEPTED = "accepted";

    private final MeterRegistry registry;

    IntakeMetrics(MeterRegistry registry) {
        this.registry = registry;
        // All from the beginning: a rate can be taken of a counter that was there before its first event.
        images(ACCEPTED);
        Stream.of(ProblemKind.values()).forEach(kind -> images(word(kind)));
        Stream.of("decode", "encode", "publish").forEach(this::stage);
    }

    private Counter images(String outcome) {
        return Counter.builder("headwater.images")
                .description("Uploads, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static String word(Enum<?> problem) {
        return problem.name().toLowerCase(Locale.ROOT);
    }

    /** Counts an upload that is in Kafka. */
    void accepted() {
        images(ACCEPTED).increment();
    }

    /** Counts an upload that was refused. */
    void refused(ProblemKind why) {
        images(word(why)).increment();
    }

    /** {@code headwater.intake.bytes}: what uploads take of the memory that there is for them. */
    void watch(InFlightBytes inFlight, DecodeSlots slots) {
        Gauge.builder("headwater.intake.decoding", slots, DecodeSlots::taken)
                .description("Images that are decoded now")
                .register(registry);
        Gauge.builder("headwater.intake.waiting", slots, DecodeSlots::waiting)
                .description("Images that wait for a decoder")
                .register(registry);
        Gauge.builder("headwater.intake.bytes", inFlight, InFlightBytes::taken)
                .description("Bytes of uploads in memory")
                .baseUnit("bytes")
                .register(registry);
    }

    /** The timer of a stage: decode, encode or publish. */
    Timer stage(String stage) {
        return Timer.builder("headwater.intake.seconds")
                .description("Time of one image in a stage")
                .tag("stage", stage)
                .register(registry);
    }
}
