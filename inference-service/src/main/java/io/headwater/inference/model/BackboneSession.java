package io.headwater.inference.model;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The graph of a backbone, in DJL's ONNX Runtime engine: the pixels are read where they are. With one thread inside a call
 * it runs on its caller's thread, and calls do not wait for each other.
 *
 * <p>One session serves all callers: a session for each was no faster (docs/performance.md), and would hold the weights
 * once more for each.
 */
final class BackboneSession implements AutoCloseable {
    private final Model model;
    private final String name;
    private final Shape shape;
    private final int dimension;

    private BackboneSession(Model model, String name, int inputSize, int dimension) {
        this.model = model;
        this.name = name;
        this.shape = new Shape(1, inputSize, inputSize, 3);
        this.dimension = dimension;
    }

    /**
     * Loads a graph and runs it once.
     *
     * @param name for messages
     * @throws IllegalArgumentException if ONNX Runtime does not take it, or it is not such a graph
     */
    static BackboneSession load(Engine engine, String name, byte[] onnx, int inputSize, int dimension) {
        BackboneSession backbone = new BackboneSession(engine.load(name, onnx), name, inputSize, dimension);
        boolean complete = false;
        try {
            backbone.run(
                    ByteBuffer.allocateDirect(Math.toIntExact(backbone.shape.size()))
                            .order(ByteOrder.nativeOrder()),
                    new float[dimension]);
            complete = true;
            return backbone;
        } finally {
            if (!complete) {
                backbone.close();
            }
        }
    }

    /**
     * Runs the graph once.
     *
     * @param pixels direct, native order, from position to limit one picture
     * @param embedding takes the numbers
     * @throws IllegalArgumentException if ONNX Runtime fails, or gives something else than the numbers that were announced
     */
    void run(ByteBuffer pixels, float[] embedding) {
        // Through the block and not a Predictor: the arrays are closed with the manager, and nothing else is made per
        // call.
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDArray array = manager.create(pixels, shape, DataType.UINT8);
            NDArray row = model.getBlock()
                    .forward(new ParameterStore(manager, false), new NDList(array), false)
                    .get(0);
            if (row.getDataType() != DataType.FLOAT32) {
                throw new IllegalArgumentException(name + " does not give float32");
            }
            if (row.size() != dimension) {
                throw new IllegalArgumentException(
                        name + " gives " + row.size() + " numbers, but " + dimension + " were announced");
            }
            row.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer().get(embedding, 0, dimension);
        } catch (EngineException e) {
            throw new IllegalArgumentException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    /** Frees the native memory. Nobody may be running it. */
    @Override
    public void close() {
        model.close();
    }
}
