package io.headwater.trainer.embeddings;

import io.headwater.trainer.training.Standardisation;
import io.headwater.trainer.trainingset.EmbeddingRows;
import java.util.Random;

/**
 * Embeddings in a few dimensions: standardised, and projected on random directions, which nearly keeps their distances
 * (Achlioptas, "Database-friendly random projections: Johnson-Lindenstrauss with binary coins", JCSS 66, 2003). The scale is
 * such that two embeddings that vary as usual are about 1 apart squared. The same rows and seed give the same projection.
 */
public final class Projection {
    private final float[] mean;
    /** One row of {@code dimensions} for each number of an embedding. */
    private final float[] weights;

    private final int dimensions;

    private Projection(float[] mean, float[] weights, int dimensions) {
        this.mean = mean;
        this.weights = weights;
        this.dimensions = dimensions;
    }

    /**
     * A projection for embeddings like these.
     *
     * @param rows at least one
     * @param dimensions of what it makes
     */
    public static Projection of(EmbeddingRows rows, int dimensions, long seed) {
        Standardisation standardisation = Standardisation.of(rows);
        float[] scale = standardisation.scale();
        float[] weights = new float[scale.length * dimensions];
        Random coins = new Random(seed);
        float unit = (float) (1 / Math.sqrt(2.0 * scale.length * dimensions));
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (coins.nextBoolean() ? unit : -unit) * scale[i / dimensions];
        }
        return new Projection(standardisation.mean(), weights, dimensions);
    }

    /** All rows: {@code [N][dimensions]}. */
    public float[][] of(EmbeddingRows rows) {
        float[][] projected = new float[rows.rows()][];
        float[] vector = new float[mean.length];
        for (int row = 0; row < projected.length; row++) {
            rows.read(row, vector, 0);
            projected[row] = of(vector);
        }
        return projected;
    }

    private float[] of(float[] vector) {
        float[] projected = new float[dimensions];
        for (int i = 0; i < vector.length; i++) {
            float value = vector[i] - mean[i];
            int at = i * dimensions;
            for (int k = 0; k < dimensions; k++) {
                projected[k] += value * weights[at + k];
            }
        }
        return projected;
    }

    /** Squared distance of two projected embeddings. */
    public static double squaredDistance(float[] one, float[] other) {
        double sum = 0;
        for (int k = 0; k < one.length; k++) {
            double difference = one[k] - other[k];
            sum += difference * difference;
        }
        return sum;
    }
}
