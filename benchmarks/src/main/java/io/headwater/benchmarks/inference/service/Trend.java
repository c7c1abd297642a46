package io.headwater.benchmarks.inference.service;

import java.util.List;

/**
 * Whether a figure grows.
 *
 * @param slope of the line of least squares, per minute
 * @param growth mean of the last third of the samples, less that of the first
 * @param max the largest sample
 */
record Trend(double slope, double growth, double max) {
    /**
     * One sample.
     *
     * @param minutes when
     * @param value the figure
     */
    record Sample(double minutes, double value) {}

    /** Of at least three samples, in the order of time. */
    static Trend of(List<Sample> samples) {
        int third = samples.size() / 3;
        double first = mean(samples.subList(0, third));
        double last = mean(samples.subList(samples.size() - third, samples.size()));
        return new Trend(
                slope(samples),
                last - first,
                samples.stream().mapToDouble(Sample::value).max().orElseThrow());
    }

    private static double slope(List<Sample> samples) {
        double time = samples.stream().mapToDouble(Sample::minutes).average().orElseThrow();
        double value = mean(samples);
        double covariance = 0;
        double variance = 0;
        for (Sample sample : samples) {
            covariance += (sample.minutes() - time) * (sample.value() - value);
            variance += (sample.minutes() - time) * (sample.minutes() - time);
        }
        return covariance / variance;
    }

    private static double mean(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::value).average().orElseThrow();
    }
}
