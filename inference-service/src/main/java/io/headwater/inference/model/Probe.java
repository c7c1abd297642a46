package io.headwater.inference.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Embeddings on which a head's answers are compared with those that it gives in a session of its own. */
final class Probe {
    /** Largest difference of a probability. */
    static final float TOLERANCE = 1e-5f;

    // The bundled backbone's embeddings are averages of a ReLU6.
    private static final float LARGEST = 6;
    private static final int RANDOM = 3;

    private Probe() {}

    /** Zeros, a few random ones, the same every time. */
    static List<float[]> embeddings(int dimension) {
        Random random = new Random(dimension);
        List<float[]> embeddings = new ArrayList<>();
        embeddings.add(new float[dimension]);
        for (int scale = 0; scale < RANDOM; scale++) {
            float largest = LARGEST / (1 << (2 * scale));
            float[] embedding = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                embedding[i] = random.nextFloat() * largest;
            }
            embeddings.add(embedding);
        }
        return embeddings;
    }

    /** Whether the numbers from {@code from} on are those expected, to {@link #TOLERANCE}. */
    static boolean same(float[] expected, float[] numbers, int from) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - numbers[from + i]) <= TOLERANCE)) {
                return false;
            }
        }
        return true;
    }
}
