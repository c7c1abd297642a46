package io.headwater.trainer.trainingset;

import io.headwater.serde.EmbeddingVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of float32 numbers, all {@link #dimension()} wide, in chunks of direct memory: growing copies nothing, the Java heap
 * stays small, and neither the size of an array nor of a buffer limits the number of rows. The memory of a matrix comes
 * back when the matrix is no longer reachable. Not thread safe, but for {@link #view}.
 */
public final class EmbeddingMatrix implements EmbeddingRows {
    private static final int ROWS_PER_CHUNK = 256;

    private final int dimension;
    private final List<FloatBuffer> chunks = new ArrayList<>();
    private int rows;

    /** An empty matrix of rows of {@code dimension} numbers. */
    public EmbeddingMatrix(int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("an embedding has at least 1 number, not " + dimension);
        }
        this.dimension = dimension;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int rows() {
        return rows;
    }

    /**
     * Adds a row and returns its number.
     *
     * @throws OutOfDirectMemoryException if the JVM may not take more memory; nothing is changed then
     */
    public int append(float[] vector) {
        int row = grow();
        chunk(row).put(offset(row), vector, 0, dimension);
        return row;
    }

    /**
     * Adds a row that stands in an event and returns its number.
     *
     * @throws OutOfDirectMemoryException if the JVM may not take more memory; nothing is changed then
     */
    public int append(ByteBuffer vector) {
        int row = grow();
        set(row, vector);
        return row;
    }

    /** Replaces a row by one that stands in an event. */
    public void set(int row, ByteBuffer vector) {
        if (EmbeddingVector.dimension(vector) != dimension) {
            throw new IllegalArgumentException(
                    "the embedding has " + EmbeddingVector.dimension(vector) + " numbers instead of " + dimension);
        }
        FloatBuffer numbers = vector.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        chunk(row).put(offset(row), numbers, 0, dimension);
    }

    @Override
    public void read(int row, float[] target, int at) {
        chunk(row).get(offset(row), target, at, dimension);
    }

    @Override
    public void read(int row, FloatBuffer target) {
        copy(chunk(row), offset(row), target, dimension);
    }

    /** One number. */
    public float get(int row, int column) {
        return chunk(row).get(offset(row) + column);
    }

    /**
     * Some of the rows, in this order. Nothing is copied: it stays right, and can be read by any thread, as long as these
     * rows are not set again.
     */
    public EmbeddingRows view(int[] numbers) {
        for (int row : numbers) {
            check(row);
        }
        return new RowView(dimension, ROWS_PER_CHUNK, chunks.toArray(FloatBuffer[]::new), numbers.clone());
    }

    static void copy(FloatBuffer chunk, int offset, FloatBuffer target, int dimension) {
        int position = target.position();
        target.put(position, chunk, offset, dimension);
        target.position(position + dimension);
    }

    private int grow() {
        if (rows == chunks.size() * ROWS_PER_CHUNK) {
            chunks.add(allocate());
        }
        return rows++;
    }

    private FloatBuffer allocate() {
        try {
            return ByteBuffer.allocateDirect(ROWS_PER_CHUNK * dimension * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        } catch (OutOfMemoryError e) {
            throw new OutOfDirectMemoryException(rows, dimension, e);
        }
    }

    private FloatBuffer chunk(int row) {
        check(row);
        return chunks.get(row / ROWS_PER_CHUNK);
    }

    private int offset(int row) {
        return row % ROWS_PER_CHUNK * dimension;
    }

    private void check(int row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
    }
}
