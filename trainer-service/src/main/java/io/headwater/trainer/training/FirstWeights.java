package io.headwater.trainer.training;

import java.util.Optional;
import java.util.Random;

/** Where a cold start begins: small random weights, the same for the same seed. */
final class FirstWeights {
    private static final double OUTPUT_DEVIATION = 0.001;

    private FirstWeights() {}

    /** A head on standardised embeddings. */
    static Head of(int dimension, int classes, int hiddenUnits, long seed) {
        Random random = new Random(seed);
        if (hiddenUnits == 0) {
            return new Head(Optional.empty(), layer(dimension, classes, OUTPUT_DEVIATION, random));
        }
        // What a rectifier leaves then varies as much as what came in (He et al., 2015).
        Layer hidden = layer(dimension, hiddenUnits, Math.sqrt(2.0 / dimension), random);
        return new Head(Optional.of(hidden), layer(hiddenUnits, classes, Math.sqrt(1.0 / hiddenUnits), random));
    }

    private static Layer layer(int inputs, int outputs, double deviation, Random random) {
        float[] weights = new float[inputs * outputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * deviation);
        }
        return new Layer(inputs, weights, new float[outputs]);
    }
}
