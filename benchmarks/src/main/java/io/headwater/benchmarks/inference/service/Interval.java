package io.headwater.benchmarks.inference.service;

import io.headwater.benchmarks.broker.InferenceProcess;

/** What a copy of the service did since a moment. */
final class Interval {
    private static final double SECOND = 1e9;

    private final Way way;
    private final InferenceProcess service;
    private final long start = System.nanoTime();
    private final long cpu;
    private final int images;

    /** Begins now. */
    Interval(Way way, InferenceProcess service) {
        this.way = way;
        this.service = service;
        this.cpu = service.cpuNanos();
        this.images = way.predictions().images();
    }

    double seconds() {
        return (System.nanoTime() - start) / SECOND;
    }

    double imagesPerSecond() {
        return (way.predictions().images() - images) / seconds();
    }

    /** Of one core. */
    double cpuPercent() {
        return 100 * (service.cpuNanos() - cpu) / SECOND / seconds();
    }
}
