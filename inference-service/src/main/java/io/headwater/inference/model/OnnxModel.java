package io.headwater.inference.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * An ONNX graph with one input and one float32 output, loaded through DJL's ONNX Runtime engine. Threads may share it: a
 * call runs on its caller's thread when {@code intraOpThreads} is 1, and calls do not wait for each other.
 *
 * <p>One session serves all callers: a session for each was no faster (docs/performance.md), and would hold the weights
 * once more for each.
 */
final class OnnxModel implements AutoCloseable {
    private static final String ENGINE = "OnnxRuntime";

    private final Model model;

    private OnnxModel(Model model) {
        this.model = model;
    }

    /**
     * Loads a graph.
     *
     * @param name for messages
     * @param onnx the file's bytes
     * @throws IllegalArgumentException if ONNX Runtime does not take it
     */
    static OnnxModel load(String name, byte[] onnx, int intraOpThreads) {
        Engine engine = Engine.getEngine(ENGINE);
        Model model = engine.newModel(name, engine.defaultDevice());
        try {
            model.load(
                    new ByteArrayInputStream(onnx),
                    Map.of("intraOpNumThreads", Integer.toString(intraOpThreads), "interOpNumThreads", "1"));
            return new OnnxModel(model);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new IllegalArgumentException("ONNX Runtime does not take " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs the graph once.
     *
     * @param input direct, native order, from position to limit exactly what {@code shape} holds
     * @param output is filled from its beginning
     * @return number of float32 that the graph's output has
     * @throws IllegalArgumentException if the graph does not take the input, or {@code output} is too short
     */
    int run(ByteBuffer input, Shape shape, DataType type, float[] output) {
        // Through the block and not a Predictor: the arrays are closed with the manager, and nothing else is made per
        // call.
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDArray array = manager.create(type == DataType.FLOAT32 ? input.asFloatBuffer() : input, shape, type);
            NDList result = model.getBlock().forward(new ParameterStore(manager, false), new NDList(array), false);
            ByteBuffer bytes = result.get(0).toByteBuffer().order(ByteOrder.nativeOrder());
            int count = bytes.remaining() / Float.BYTES;
            if (count > output.length) {
                throw new IllegalArgumentException("the graph gives " + count + " numbers instead of " + output.length);
            }
            bytes.asFloatBuffer().get(output, 0, count);
            return count;
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
