package io.headwater.trainer.drift;

import io.headwater.trainer.embeddings.Projection;
import java.util.Arrays;
import java.util.Random;

/**
 * Points as features whose scalar products are nearly a Gaussian kernel: {@code sqrt(2/F) cos(w x + b)} (Rahimi and Recht,
 * "Random features for large-scale kernel machines", NIPS 2007). The kernel is as wide as the points usually are apart: the
 * median distance of some of them.
 */
final class FourierFeatures {
    private static final int FEATURES = 256;
    private static final int PAIRS = 1_000;

    private final float[][] frequencies;
    private final double[] phases;

    /** @param points whose distances give the width; at least two */
    FourierFeatures(float[][] points, long seed) {
        Random random = new Random(seed);
        double width = Math.sqrt(median(points, random));
        frequencies = new float[FEATURES][points[0].length];
        phases = new double[FEATURES];
        for (int f = 0; f < FEATURES; f++) {
            for (int k = 0; k < points[0].length; k++) {
                frequencies[f][k] = (float) (random.nextGaussian() / width);
            }
            phases[f] = random.nextDouble() * 2 * Math.PI;
        }
    }

    /** {@code [N][F]}. */
    float[][] of(float[][] points) {
        return Arrays.stream(points).map(this::of).toArray(float[][]::new);
    }

    private float[] of(float[] point) {
        float[] features = new float[FEATURES];
        double unit = Math.sqrt(2.0 / FEATURES);
        for (int f = 0; f < FEATURES; f++) {
            double angle = phases[f];
            for (int k = 0; k < point.length; k++) {
                angle += frequencies[f][k] * point[k];
            }
            features[f] = (float) (unit * Math.cos(angle));
        }
        return features;
    }

    private static double median(float[][] points, Random random) {
        double[] distances = random.ints(PAIRS, 0, points.length)
                .mapToDouble(one -> Projection.squaredDistance(points[one], points[random.nextInt(points.length)]))
                .filter(distance -> distance > 0)
                .sorted()
                .toArray();
        return distances.length == 0 ? 1 : distances[distances.length / 2];
    }
}
