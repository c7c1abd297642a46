package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.trainingset.EmbeddingRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A softmax head as PyTorch holds it: on standardised embeddings. */
public final class TrainedHead {
    private static final int ROWS_AT_ONCE = 512;

    private final List<String> labels;
    private final Standardisation standardisation;
    private final float[] weights;
    private final float[] bias;

    TrainedHead(List<String> labels, Standardisation standardisation, float[] weights, float[] bias) {
        this.labels = List.copyOf(labels);
        this.standardisation = standardisation;
        this.weights = weights;
        this.bias = bias;
    }

    /** Class names, in the order of the probabilities. */
    public List<String> labels() {
        return labels;
    }

    /** The same head for embeddings as they are, the standardisation folded into it. */
    public Head folded() {
        return new Head(Optional.empty(), standardisation.fold(weights, bias));
    }

    /** PyTorch's own probabilities of embeddings as they are: {@code [N][C]}. */
    public float[][] probabilities(EmbeddingRows embeddings) {
        int dimension = embeddings.dimension();
        int classes = labels.size();
        float[][] probabilities = new float[embeddings.rows()][];
        try (NDManager manager = PyTorch.newManager()) {
            NDArray weightMatrix = manager.create(weights, new Shape(dimension, classes));
            NDArray biasVector = manager.create(bias, new Shape(classes));
            for (int from = 0; from < embeddings.rows(); from += ROWS_AT_ONCE) {
                int rows = Math.min(ROWS_AT_ONCE, embeddings.rows() - from);
                try (NDManager step = manager.newSubManager()) {
                    NDArray x = step.create(standardised(embeddings, from, rows), new Shape(rows, dimension));
                    x.attach(step);
                    NDArray logits = x.matMul(weightMatrix).addi(biasVector);
                    float[] flat = logits.softmax(1).toFloatArray();
                    for (int row = 0; row < rows; row++) {
                        probabilities[from + row] = Arrays.copyOfRange(flat, row * classes, (row + 1) * classes);
                    }
                }
            }
        }
        return probabilities;
    }

    private float[] standardised(EmbeddingRows embeddings, int from, int rows) {
        int dimension = embeddings.dimension();
        float[] values = new float[rows * dimension];
        for (int row = 0; row < rows; row++) {
            embeddings.read(from + row, values, row * dimension);
            standardisation.apply(values, row * dimension);
        }
        return values;
    }
}
