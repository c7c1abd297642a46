package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.headwater.trainer.trainingset.EmbeddingRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Gathers rows of embeddings into one reused buffer, which PyTorch takes as it is, and standardises them there. So the
 * matrix of all embeddings is neither copied nor changed.
 */
final class Minibatch {
    /** What PyTorch aligns its own memory to: the same bits must not depend on where a buffer happens to lie. */
    private static final int ALIGNMENT = 64;

    private final EmbeddingRows embeddings;
    private final ByteBuffer bytes;
    private final FloatBuffer values;
    private final NDArray mean;
    private final NDArray scale;

    /**
     * @param manager owns the statistics
     * @param largest rows that are gathered at once at most
     */
    Minibatch(NDManager manager, EmbeddingRows embeddings, Standardisation standardisation, int largest) {
        this.embeddings = embeddings;
        int size = Math.multiplyExact(largest * embeddings.dimension(), Float.BYTES);
        bytes = ByteBuffer.allocateDirect(size + 2 * ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .order(ByteOrder.nativeOrder());
        values = bytes.asFloatBuffer();
        mean = manager.create(standardisation.mean());
        scale = manager.create(standardisation.scale());
    }

    /**
     * The rows {@code order[from .. to)}, standardised: {@code [to - from, D]}. The next call overwrites them.
     *
     * @param step owns the array
     */
    NDArray gather(NDManager step, int[] order, int from, int to) {
        values.clear();
        for (int i = from; i < to; i++) {
            embeddings.read(order[i], values);
        }
        int rows = to - from;
        int dimension = embeddings.dimension();
        ByteBuffer filled = bytes.slice(0, rows * dimension * Float.BYTES).order(ByteOrder.nativeOrder());
        return step.create(filled, new Shape(rows, dimension), DataType.FLOAT32)
                .subi(mean)
                .muli(scale);
    }
}
