package io.headwater.trainer.trainingset;

import io.headwater.serde.EmbeddingVector;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of float32 numbers, all {@link #dimension()} wide, kept in chunks: growing copies nothing, and neither the size of
 * an array nor of a direct buffer limits the number of rows. Not thread safe.
 */
public final class EmbeddingMatrix implements EmbeddingRows {
    private static final int ROWS_PER_CHUNK = 256;

    private final int dimension;
    private final List<float[]> chunks = new ArrayList<>();
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

    /** Adds a row and returns its number. */
    public int append(float[] vector) {
        int row = grow();
        System.arraycopy(vector, 0, chunk(row), offset(row), dimension);
        return row;
    }

    /** Adds a row that stands in an event and returns its number. */
    public int append(ByteBuffer vector) {
        int row = grow();
        set(row, vector);
        return row;
    }

    /** Replaces a row by one that stands in an event. */
    public void set(int row, ByteBuffer vector) {
        EmbeddingVector.read(vector, chunk(row), offset(row));
    }

    @Override
    public void read(int row, float[] target, int at) {
        System.arraycopy(chunk(row), offset(row), target, at, dimension);
    }

    @Override
    public void read(int row, FloatBuffer target) {
        target.put(chunk(row), offset(row), dimension);
    }

    /** One number. */
    public float get(int row, int column) {
        return chunk(row)[offset(row) + column];
    }

    private int grow() {
        if (rows == chunks.size() * ROWS_PER_CHUNK) {
            chunks.add(new float[ROWS_PER_CHUNK * dimension]);
        }
        return rows++;
    }

    private float[] chunk(int row) {
        if (row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
        return chunks.get(row / ROWS_PER_CHUNK);
    }

    private int offset(int row) {
        return row % ROWS_PER_CHUNK * dimension;
    }
}
