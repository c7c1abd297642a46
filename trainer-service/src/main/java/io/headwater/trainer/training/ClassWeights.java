package io.headwater.trainer.training;

import java.util.Arrays;

/**
 * How much an example of each class counts: {@code n / (C * n_c)}, so that every class counts alike, but at most
 * {@link #CAP} times as much as the average example, so that five odd photographs do not bend the head.
 */
final class ClassWeights {
    static final double CAP = 5;

    private ClassWeights() {}

    /** Weight of each class, scaled so that the examples weigh one on average. */
    static float[] balanced(int[] targets, int classes) {
        int[] counts = new int[classes];
        for (int target : targets) {
            counts[target]++;
        }
        double[] weights = Arrays.stream(counts)
                .mapToDouble(count -> Math.min(CAP, (double) targets.length / ((double) classes * Math.max(1, count))))
                .toArray();
        double total = 0;
        for (int c = 0; c < classes; c++) {
            total += weights[c] * counts[c];
        }
        float[] normal = new float[classes];
        for (int c = 0; c < classes; c++) {
            normal[c] = (float) (weights[c] * targets.length / total);
        }
        return normal;
    }
}
