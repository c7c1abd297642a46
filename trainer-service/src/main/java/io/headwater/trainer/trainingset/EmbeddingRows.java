package io.headwater.trainer.trainingset;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** Embeddings to be read row by row: float32 {@code [N, D]}. They do not change while somebody reads them. */
public interface EmbeddingRows {
    /** D, the width of a row. */
    int dimension();

    /** N, the number of rows. */
    int rows();

    /** Copies a row into {@code target} from {@code at} on. */
    void read(int row, float[] target, int at);

    /** Appends a row to {@code target} at its position. */
    void read(int row, FloatBuffer target);

    /** The first rows, at most {@code limit}; a view, nothing is copied. */
    default EmbeddingRows first(int limit) {
        return some(IntStream.range(0, Math.min(limit, rows())).toArray());
    }

    /** Some of the rows, in this order; a view, nothing is copied. */
    default EmbeddingRows some(int[] numbers) {
        EmbeddingRows all = this;
        return new EmbeddingRows() {
            @Override
            public int dimension() {
                return all.dimension();
            }

            @Override
            public int rows() {
                return numbers.length;
            }

            @Override
            public void read(int row, float[] target, int at) {
                all.read(numbers[row], target, at);
            }

            @Override
            public void read(int row, FloatBuffer target) {
                all.read(numbers[row], target);
            }
        };
    }
}
