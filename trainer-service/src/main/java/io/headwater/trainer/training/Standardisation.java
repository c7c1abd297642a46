package io.headwater.trainer.training;

import io.headwater.trainer.trainingset.EmbeddingRows;
import java.util.Arrays;

/**
 * Centres each number of an embedding and scales it to a standard deviation of one, as measured on the training part.
 * The four taps have very different scales; without this the largest would decide alone.
 */
public final class Standardisation {
    /**
     * Numbers that vary less than this share of the average variation are scaled as if they varied that much: what was
     * all but constant in a few examples must not shout when it moves later.
     */
    private static final double LEAST_VARIATION = 0.01;

    /** More rows than this change the statistics no more than rounding does; of a larger matrix every n-th counts. */
    private static final int MOST_ROWS = 16_384;

    private final double[] mean;
    private final double[] scale;

    private Standardisation(double[] mean, double[] scale) {
        this.mean = mean;
        this.scale = scale;
    }

    /** Measures rows, at least one. */
    public static Standardisation of(EmbeddingRows rows) {
        int dimension = rows.dimension();
        double[] mean = new double[dimension];
        double[] square = new double[dimension];
        float[] vector = new float[dimension];
        int stride = (rows.rows() + MOST_ROWS - 1) / MOST_ROWS;
        int counted = (rows.rows() + stride - 1) / stride;
        for (int row = 0; row < rows.rows(); row += stride) {
            rows.read(row, vector, 0);
            for (int i = 0; i < dimension; i++) {
                mean[i] += vector[i];
            }
        }
        for (int i = 0; i < dimension; i++) {
            mean[i] /= counted;
        }
        for (int row = 0; row < rows.rows(); row += stride) {
            rows.read(row, vector, 0);
            for (int i = 0; i < dimension; i++) {
                double distance = vector[i] - mean[i];
                square[i] += distance * distance;
            }
        }
        double[] deviation =
                Arrays.stream(square).map(sum -> Math.sqrt(sum / counted)).toArray();
        double least = LEAST_VARIATION * Arrays.stream(deviation).average().orElse(0);
        double[] scale = Arrays.stream(deviation)
                .map(one -> one > 0 || least > 0 ? 1 / Math.max(one, least) : 0)
                .toArray();
        return new Standardisation(mean, scale);
    }

    /** What is subtracted. */
    public float[] mean() {
        return rounded(mean);
    }

    /** What the difference is multiplied by. */
    public float[] scale() {
        return rounded(scale);
    }

    /**
     * The layer that takes embeddings as they are: {@code W' = scale * W}, {@code b' = b - mean * scale * W}, computed in
     * double.
     *
     * @param layer takes standardised embeddings
     */
    Layer fold(Layer layer) {
        int outputs = layer.outputs();
        float[] weights = layer.weights();
        double[] bias = widened(layer.bias());
        for (int i = 0; i < mean.length; i++) {
            for (int c = 0; c < outputs; c++) {
                weights[i * outputs + c] = (float) (scale[i] * weights[i * outputs + c]);
                // With the rounded weight, so that an embedding at the mean gets exactly the bias.
                bias[c] -= mean[i] * weights[i * outputs + c];
            }
        }
        return new Layer(mean.length, weights, rounded(bias));
    }

    /**
     * The layer that takes standardised embeddings, the other way round.
     *
     * @param layer takes embeddings as they are
     */
    Layer unfold(Layer layer) {
        int outputs = layer.outputs();
        float[] weights = layer.weights();
        double[] bias = widened(layer.bias());
        for (int i = 0; i < mean.length; i++) {
            for (int c = 0; c < outputs; c++) {
                bias[c] += mean[i] * weights[i * outputs + c];
                weights[i * outputs + c] = scale[i] == 0 ? 0 : (float) (weights[i * outputs + c] / scale[i]);
            }
        }
        return new Layer(mean.length, weights, rounded(bias));
    }

    private static double[] widened(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }

    private static float[] rounded(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }
}
