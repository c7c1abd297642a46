package io.headwater.benchmarks.machine;

import java.util.stream.DoubleStream;

/**
 * The middle of many rounds and how far they spread.
 *
 * <p>Of ratios: each round's own ratio is taken first, of ways that were measured one right after the other. Whatever
 * slows the machine for a minute is then in both and cancels out, as it does not in a ratio of two medians.
 *
 * @param lower a quarter of the rounds have less
 * @param median the middle one
 * @param upper a quarter of the rounds have more
 */
public record Quartiles(double lower, double median, double upper) {

    /** Of at least one number; between two neighbours it is drawn straight. */
    public static Quartiles of(DoubleStream numbers) {
        double[] sorted = numbers.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no rounds");
        }
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    private static double at(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public String toString() {
        return "%.3f (%.3f to %.3f)".formatted(median, lower, upper);
    }
}
