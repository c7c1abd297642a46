package io.headwater.benchmarks.inference;

import io.headwater.benchmarks.machine.Quartiles;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

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

    /** Images per second as a part of another way's, round by round. */
    static Quartiles speed(List<Measured> rounds, List<Measured> others) {
        return ratio(rounds, others, Measured::imagesPerSecond);
    }

    /** Processor time as a part of another way's, round by round. */
    static Quartiles effort(List<Measured> rounds, List<Measured> others) {
        return ratio(rounds, others, Measured::cpuMillis);
    }

    private static Quartiles ratio(List<Measured> rounds, List<Measured> others, ToDoubleFunction<Measured> number) {
        return Quartiles.of(IntStream.range(0, rounds.size())
                .mapToDouble(i -> number.applyAsDouble(rounds.get(i)) / number.applyAsDouble(others.get(i))));
    }

    private static double middle(List<Measured> rounds, ToDoubleFunction<Measured> number) {
        double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
