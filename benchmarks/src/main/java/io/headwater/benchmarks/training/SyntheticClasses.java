package io.headwater.benchmarks.training;

import java.util.Random;

/** Embeddings that resemble real ones: not negative, taps of different scales, classes that overlap a little. */
final class SyntheticClasses {
    private static final double DISTANCE = 0.12;

    private final int dimension;

    SyntheticClasses(int dimension) {
        this.dimension = dimension;
    }

    /** The embedding of the {@code number}th image of a class. */
    float[] embedding(String label, long number) {
        Random centre = new Random(label.hashCode());
        Random noise = new Random(number * 31 + label.hashCode());
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            double scale = i % 3 == 0 ? 1 : 0.1;
            vector[i] = (float) (scale * Math.abs(1 + DISTANCE * centre.nextGaussian() + noise.nextGaussian()));
        }
        return vector;
    }
}
