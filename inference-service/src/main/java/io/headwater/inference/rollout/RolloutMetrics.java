package io.headwater.inference.rollout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers about the rollout: {@code headwater.inference.generation}, {@code .swap}, {@code .refused} and {@code
 * .refused.generation}.
 */
public final class RolloutMetrics {
    private final AtomicLong generation = new AtomicLong();
    private final AtomicLong refusedGeneration = new AtomicLong();
    private final Timer swap;
    private final Counter refused;

    /** Registers them. */
    public RolloutMetrics(MeterRegistry registry) {
        Gauge.builder("headwater.inference.generation", generation, AtomicLong::get)
                .description("The rollout's generation that is served; 0 before the first")
                .register(registry);
        Gauge.builder("headwater.inference.refused.generation", refusedGeneration, AtomicLong::get)
                .description("The generation that can't be served now; 0 when the newest is")
                .register(registry);
        this.swap = Timer.builder("headwater.inference.swap")
                .description("From knowing a generation to serving it")
                .register(registry);
        this.refused = Counter.builder("headwater.inference.refused")
                .description("Attempts at a generation that could not be served, and garbage among the rollouts")
                .register(registry);
    }

    void applied(long number, Duration took) {
        generation.set(number);
        swap.record(took);
    }

    void refused(long number) {
        refused.increment();
        refusedGeneration.set(number);
    }

    void garbage() {
        refused.increment();
    }

    /** Nothing is refused any more: a newer decision has come, or the refused one is served. */
    void accepted() {
        refusedGeneration.set(0);
    }
}
