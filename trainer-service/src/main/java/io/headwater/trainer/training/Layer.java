package io.headwater.trainer.training;

/** An affine map of rows: {@code x W + b}. */
public final class Layer {
    private final int inputs;
    private final float[] weights;
    private final float[] bias;

    /**
     * @param inputs numbers that come in, I
     * @param weights {@code [I, O]}, row by row
     * @param bias {@code [O]}
     */
    public Layer(int inputs, float[] weights, float[] bias) {
        if (weights.length != inputs * bias.length) {
            throw new IllegalArgumentException(
                    weights.length + " weights do not make [" + inputs + ", " + bias.length + "]");
        }
        this.inputs = inputs;
        this.weights = weights.clone();
        this.bias = bias.clone();
    }

    /** I. */
    public int inputs() {
        return inputs;
    }

    /** O. */
    public int outputs() {
        return bias.length;
    }

    /** {@code [I, O]}, row by row. */
    public float[] weights() {
        return weights.clone();
    }

    /** {@code [O]}. */
    public float[] bias() {
        return bias.clone();
    }
}
