package io.headwater.benchmarks.inference.service;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of what was measured in several rounds. */
final class Medians {
    private Medians() {}

    /** Of one number of each round; of an even count the mean of the middle two. */
    static <T> double of(List<T> rounds, ToDoubleFunction<T> number) {
        double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
