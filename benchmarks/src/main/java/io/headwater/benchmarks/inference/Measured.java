package io.headwater.benchmarks.inference;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One round of one way.
 *
 * @param imagesPerSecond by the clock on the wall
 * @param cpuMillis processor time per image, the broker's included, milliseconds
 * @param brokerCpuMillis the broker's part of it
 */
record Measured(double imagesPerSecond, double cpuMillis, double brokerCpuMillis) {

    static Measured of(int images, long wallNanos, long cpuNanos, long brokerNanos) {
        double perImage = 1e-6 / images;
        return new Measured(images * 1e9 / wallNanos, (cpuNanos + brokerNanos) * perImage, brokerNanos * perImage);
    }

    /** The middle one of each number by itself. */
    static Measured median(List<Measured> rounds) {
        return new Measured(
                middle(rounds, Measured::imagesPerSecond),
                middle(rounds, Measured::cpuMillis),
                middle(rounds, Measured::brokerCpuMillis));
    }

    private static double middle(List<Measured> rounds, ToDoubleFunction<Measured> number) {
        double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
