package io.headwater.trainer.training;

/** A linear classifier on embeddings as they are: {@code softmax(x W + b)}. */
public final class LinearHead {
    private final int dimension;
    private final float[] weights;
    private final float[] bias;

    /**
     * @param dimension D
     * @param weights {@code [D, C]}, row by row
     * @param bias {@code [C]}
     */
    public LinearHead(int dimension, float[] weights, float[] bias) {
        if (weights.length != dimension * bias.length) {
            throw new IllegalArgumentException(
                    weights.length + " weights do not make [" + dimension + ", " + bias.length + "]");
        }
        this.dimension = dimension;
        this.weights = weights.clone();
        this.bias = bias.clone();
    }

    /** D. */
    public int dimension() {
        return dimension;
    }

    /** C. */
    public int classes() {
        return bias.length;
    }

    /** {@code [D, C]}, row by row. */
    public float[] weights() {
        return weights.clone();
    }

    /** {@code [C]}. */
    public float[] bias() {
        return bias.clone();
    }
}
