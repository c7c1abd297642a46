package io.headwater.benchmarks.inference.service;

import java.util.Arrays;

/**
 * Percentiles of all values, by the nearest rank; milliseconds.
 *
 * @param p50 half of the values are not above it
 * @param p90 nine in ten
 * @param p99 99 of a hundred
 * @param p999 999 of a thousand
 * @param max the largest
 */
record Latencies(double p50, double p90, double p99, double p999, double max) {
    private static final double MILLI = 1e-6;

    /** Of these, in nanoseconds; at least one. */
    static Latencies of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(
                rank(sorted, 0.5), rank(sorted, 0.9), rank(sorted, 0.99), rank(sorted, 0.999), rank(sorted, 1));
    }

    private static double rank(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] * MILLI;
    }
}
