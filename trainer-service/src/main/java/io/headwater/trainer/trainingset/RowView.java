package io.headwater.trainer.trainingset;

import java.nio.FloatBuffer;

/** Some rows of a matrix. Only absolute reads, so that any number of threads can share it. */
final class RowView implements EmbeddingRows {
    private final int dimension;
    private final int rowsPerChunk;
    private final FloatBuffer[] chunks;
    private final int[] numbers;

    RowView(int dimension, int rowsPerChunk, FloatBuffer[] chunks, int[] numbers) {
        this.dimension = dimension;
        this.rowsPerChunk = rowsPerChunk;
        this.chunks = chunks;
        this.numbers = numbers;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int rows() {
        return numbers.length;
    }

    @Override
    public void read(int row, float[] target, int at) {
        int number = numbers[row];
        chunks[number / rowsPerChunk].get(number % rowsPerChunk * dimension, target, at, dimension);
    }

    @Override
    public void read(int row, FloatBuffer target) {
        int number = numbers[row];
        EmbeddingMatrix.copy(chunks[number / rowsPerChunk], number % rowsPerChunk * dimension, target, dimension);
    }
}
