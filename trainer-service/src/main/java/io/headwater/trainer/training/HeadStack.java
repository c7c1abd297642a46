package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Heads of one shape that are trained side by side on the same mini-batches: their weights stand next to each other in
 * one matrix, so that one product over a batch serves all of them. What one learns does not touch the others. The
 * gradients are in closed form; nothing is recorded to be differentiated later.
 */
abstract sealed class HeadStack permits LinearStack, HiddenStack {

    /**
     * A stack of heads.
     *
     * @param manager owns the weights
     * @param starts M heads on standardised embeddings, all of one shape
     * @param penalties M factors of {@code |W|^2 / 2} in the loss of each; a bias is not punished
     * @param learningRate of the first step
     * @param steps that will be made at most
     */
    static HeadStack of(NDManager manager, List<Head> starts, float[] penalties, float learningRate, int steps) {
        return starts.get(0).hidden().isPresent()
                ? new HiddenStack(manager, starts, penalties, learningRate, steps)
                : new LinearStack(manager, starts, penalties, learningRate, steps);
    }

    /**
     * What the heads say to a batch, before the softmax: {@code [B, M, C]}.
     *
     * @param step owns what is made
     * @param x {@code [B, D]}, standardised
     */
    abstract NDArray logits(NDManager step, NDArray x);

    /**
     * One step of Adam against the gradient.
     *
     * @param x what {@link #logits} was just asked
     * @param error derivative of the loss by the logits, {@code [B, M, C]}
     */
    abstract void descend(NDManager step, NDArray x, NDArray error);

    /** A copy of one head as it is now. */
    abstract Head head(int number);

    /** Remembers all weights as they are now. */
    abstract void keep();

    /** Goes back to the weights that were kept last. */
    abstract void restore();

    /** What comes from a parameter belongs to the parameter's manager; only that of this step is closed after it. */
    static NDArray owned(NDManager step, NDArray array) {
        array.attach(step);
        return array;
    }

    /** Matrices {@code [R, C]} beside each other: {@code [R, M * C]}. */
    static float[] beside(List<float[]> matrices, int rows) {
        int columns = matrices.get(0).length / rows;
        int width = columns * matrices.size();
        float[] all = new float[rows * width];
        for (int m = 0; m < matrices.size(); m++) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(matrices.get(m), row * columns, all, row * width + m * columns, columns);
            }
        }
        return all;
    }

    /** The matrix {@code [R, C]} at this place of {@code [R, M * C]}. */
    static float[] part(float[] all, int rows, int columns, int number) {
        int width = all.length / rows;
        float[] matrix = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(all, row * width + number * columns, matrix, row * columns, columns);
        }
        return matrix;
    }
}
