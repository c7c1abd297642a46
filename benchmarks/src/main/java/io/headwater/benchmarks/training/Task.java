package io.headwater.benchmarks.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What all of them have to do: the same steps on the same batches.
 *
 * @param examples rows
 * @param dimension width of a row
 * @param classes classes
 * @param epochs times that every row is seen
 * @param batchSize rows per step
 * @param learningRate of the first step; it falls to zero along a cosine
 * @param l2 strength of the penalty
 */
record Task(int examples, int dimension, int classes, int epochs, int batchSize, float learningRate, float l2) {
    static final float BETA1 = 0.9f;
    static final float BETA2 = 0.999f;
    static final float EPSILON = 1e-8f;

    private static final long SEED = 42;

    int steps() {
        return epochs * ((examples + batchSize - 1) / batchSize);
    }

    float penalty() {
        return l2 / examples;
    }

    float rate(int done) {
        return (float) (learningRate * 0.5 * (1 + Math.cos(Math.PI * done / steps())));
    }

    float correctedRate(int done) {
        return (float) (rate(done) * Math.sqrt(1 - Math.pow(BETA2, done + 1)) / (1 - Math.pow(BETA1, done + 1)));
    }

    List<int[]> batches() {
        Random random = new Random(SEED);
        int[] order = new int[examples];
        Arrays.setAll(order, i -> i);
        List<int[]> batches = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int i = examples - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
            for (int from = 0; from < examples; from += batchSize) {
                batches.add(Arrays.copyOfRange(order, from, Math.min(examples, from + batchSize)));
            }
        }
        return batches;
    }
}
