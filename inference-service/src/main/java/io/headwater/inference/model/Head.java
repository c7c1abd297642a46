package io.headwater.inference.model;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The trained part of a version: embedding to probabilities. Thread safe. */
public final class Head implements AutoCloseable {
    private final OnnxModel model;
    private final long version;
    private final List<String> labels;
    private final int dimension;

    private Head(OnnxModel model, long version, List<String> labels, int dimension) {
        this.model = model;
        this.version = version;
        this.labels = List.copyOf(labels);
        this.dimension = dimension;
    }

    /**
     * Loads a head and scores a zero embedding once, so that a graph of another shape is refused here.
     *
     * @param version of the model
     * @param onnx input float32 {@code [N, dimension]}, output float32 {@code [N, labels]}
     * @param labels class names, in the order of the probabilities
     * @throws IllegalArgumentException if the graph is not such a one
     */
    public static Head load(long version, byte[] onnx, List<String> labels, int dimension) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("version " + version + " has no labels");
        }
        OnnxModel model = OnnxModel.load("head of version " + version, onnx, 1);
        Head head = new Head(model, version, labels, dimension);
        try {
            head.score(ByteBuffer.allocateDirect(dimension * Float.BYTES).order(ByteOrder.nativeOrder()));
            return head;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * The probability of each label.
     *
     * @param embedding {@code dimension} float32, direct, native order
     * @throws IllegalArgumentException if ONNX Runtime fails, or gives something else than one probability per label
     */
    public float[] score(ByteBuffer embedding) {
        float[] probabilities = new float[labels.size()];
        int count = model.run(embedding, new Shape(1, dimension), DataType.FLOAT32, probabilities);
        if (count != labels.size()) {
            throw new IllegalArgumentException("version " + version + " has " + labels.size()
                    + " labels, but its head gives " + count + " probabilities");
        }
        return probabilities;
    }

    /** Model version. */
    public long version() {
        return version;
    }

    /** Class names, in the order of the probabilities. */
    public List<String> labels() {
        return labels;
    }

    @Override
    public void close() {
        model.close();
    }
}
