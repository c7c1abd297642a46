package io.headwater.trainer.training;

import io.headwater.trainer.trainingset.EmbeddingRows;
import java.util.Arrays;

/**
 * Centres each number of an embedding and scales it to a standard deviation of one, as measured on the training part.
 * The four taps have very different scales; without this the largest would decide alone.
 */
final class Standardisation {
    /**
     * Numbers that vary less than this share of the average variation are scaled as if they varied that much: what was
     * all but constant in a few examples must not shout when it moves later.
     */
    private static final double LEAST_VARIATION = 0.01;

    private final double[] mean;
    private final double[] scale;

    private Standardisation(double[] mean, double[] scale) {
        this.mean = mean;
        this.scale = scale;
    }

    static Standardisation of(EmbeddingRows rows) {
        int dimension = rows.dimension();
        double[] mean = new double[dimension];
        double[] square = new double[dimension];
        float[] vector = new float[dimension];
        for (int row = 0; row < rows.rows(); row++) {
            rows.read(row, vector, 0);
            for (int i = 0; i < dimension; i++) {
                mean[i] += vector[i];
            }
        }
        for (int i = 0; i < dimension; i++) {
            mean[i] /= rows.rows();
        }
        for (int row = 0; row < rows.rows(); row++) {
            rows.read(row, vector, 0);
            for (int i = 0; i < dimension; i++) {
                double distance = vector[i] - mean[i];
                square[i] += distance * distance;
            }
        }
        double[] deviation =
                Arrays.stream(square).map(sum -> Math.sqrt(sum / rows.rows())).toArray();
        double least = LEAST_VARIATION * Arrays.stream(deviation).average().orElse(0);
        double[] scale = Arrays.stream(deviation)
                .map(one -> one > 0 || least > 0 ? 1 / Math.max(one, least) : 0)
                .toArray();
        return new Standardisation(mean, scale);
    }

    /** Standardises {@code vector} in place, from {@code offset} on. */
    void apply(float[] vector, int offset) {
        for (int i = 0; i < mean.length; i++) {
            vector[offset + i] = (float) ((vector[offset + i] - mean[i]) * scale[i]);
        }
    }

    /**
     * The head that takes embeddings as they are: {@code W' = scale * W}, {@code b' = b - mean * scale * W}, computed in
     * double.
     *
     * @param weights {@code [D, C]}, row by row
     * @param bias {@code [C]}
     */
    Layer fold(float[] weights, float[] bias) {
        int classes = bias.length;
        float[] foldedWeights = new float[weights.length];
        double[] foldedBias = new double[classes];
        for (int c = 0; c < classes; c++) {
            foldedBias[c] = bias[c];
        }
        for (int i = 0; i < mean.length; i++) {
            for (int c = 0; c < classes; c++) {
                double weight = scale[i] * weights[i * classes + c];
                foldedWeights[i * classes + c] = (float) weight;
                // With the rounded weight, so that an embedding at the mean gets exactly the bias.
                foldedBias[c] -= mean[i] * foldedWeights[i * classes + c];
            }
        }
        float[] roundedBias = new float[classes];
        for (int c = 0; c < classes; c++) {
            roundedBias[c] = (float) foldedBias[c];
        }
        return new Layer(mean.length, foldedWeights, roundedBias);
    }
}
