package io.headwater.benchmarks.inference;

import java.util.List;

/**
 * One round of one way.
 *
 * @param imagesPerSecond by the clock on the wall
 * @param cpuMillis processor time per image, of every process that took part, milliseconds
 */
record Measured(double imagesPerSecond, double cpuMillis) {

    static Measured of(int images, long wallNanos, long cpuNanos) {
        return new Measured(images * 1e9 / wallNanos, cpuNanos / 1e6 / images);
    }

    /** The middle one of each number by itself. */
    static Measured median(List<Measured> rounds) {
        double[] rates =
                rounds.stream().mapToDouble(Measured::imagesPerSecond).sorted().toArray();
        double[] cpu = rounds.stream().mapToDouble(Measured::cpuMillis).sorted().toArray();
        return new Measured(rates[rates.length / 2], cpu[cpu.length / 2]);
    }
}
