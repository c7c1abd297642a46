package io.headwater.inference.model;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The frozen network that turns a picture into an embedding. Thread safe. */
public final class Backbone implements AutoCloseable {
    private final OnnxModel model;
    private final String id;
    private final int inputSize;
    private final int dimension;

    private Backbone(OnnxModel model, String id, int inputSize, int dimension) {
        this.model = model;
        this.id = id;
        this.inputSize = inputSize;
        this.dimension = dimension;
    }

    /**
     * Loads a backbone and runs it once, so that the first image is not slower than the others and a graph of another
     * shape is refused here.
     *
     * @param id SHA-256 of the file
     * @param onnx input uint8 {@code [N, H, W, 3]}, output float32 {@code [N, dimension]}
     * @param inputSize H and W, pixels
     * @param dimension D
     * @param intraOpThreads threads inside one call
     * @throws IllegalArgumentException if the graph is not such a one
     */
    public static Backbone load(String id, byte[] onnx, int inputSize, int dimension, int intraOpThreads) {
        OnnxModel model = OnnxModel.load("backbone " + id, onnx, intraOpThreads);
        Backbone backbone = new Backbone(model, id, inputSize, dimension);
        try {
            ByteBuffer black =
                    ByteBuffer.allocateDirect(inputSize * inputSize * 3).order(ByteOrder.nativeOrder());
            backbone.embed(black, new float[dimension]);
            return backbone;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Embeds one picture.
     *
     * @param pixels uint8 {@code [inputSize, inputSize, 3]} RGB, direct, native order
     * @param embedding takes the {@code dimension} numbers
     * @throws IllegalArgumentException if ONNX Runtime fails
     */
    public void embed(ByteBuffer pixels, float[] embedding) {
        int count = model.run(pixels, new Shape(1, inputSize, inputSize, 3), DataType.UINT8, embedding);
        if (count != dimension) {
            throw new IllegalArgumentException(
                    "backbone " + id + " gives " + count + " numbers, but " + dimension + " were announced");
        }
    }

    /** SHA-256 of the file. */
    public String id() {
        return id;
    }

    /** H and W of the input, pixels. */
    public int inputSize() {
        return inputSize;
    }

    /** D, the length of an embedding. */
    public int dimension() {
        return dimension;
    }

    @Override
    public void close() {
        model.close();
    }
}
