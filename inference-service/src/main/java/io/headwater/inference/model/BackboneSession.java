package io.headwater.inference.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * The graph of a backbone in ONNX Runtime's own API: the pixels are read where they are, and the output has a place of its
 * own from call to call. With one thread inside a call it runs on its caller's thread, and calls do not wait for each other.
 *
 * <p>One session serves all callers: a session for each was no faster (docs/performance.md), and would hold the weights
 * once more for each.
 */
final class BackboneSession implements AutoCloseable {
    private final OrtSession session;
    private final String input;
    private final String output;
    private final String name;
    private final long[] shape;
    private final int dimension;
    // As many as threads have ever been in it at once.
    private final Deque<Row> idle = new ArrayDeque<>();

    private BackboneSession(OrtSession session, String name, int inputSize, int dimension) throws OrtException {
        this.session = session;
        this.name = name;
        this.shape = new long[] {1, inputSize, inputSize, 3};
        this.dimension = dimension;
        if (session.getInputInfo().size() != 1) {
            throw new IllegalArgumentException(
                    name + " has " + session.getInputInfo().size() + " inputs instead of one");
        }
        NodeInfo first = session.getOutputInfo().values().iterator().next();
        if (!(first.getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.FLOAT) {
            throw new IllegalArgumentException(name + " does not give float32");
        }
        this.input = session.getInputInfo().keySet().iterator().next();
        this.output = first.getName();
    }

    /**
     * Loads a graph and runs it once.
     *
     * @param name for messages
     * @throws IllegalArgumentException if ONNX Runtime does not take it, or it is not such a graph
     */
    static BackboneSession load(Engine engine, String name, byte[] onnx, int inputSize, int dimension) {
        OrtSession session;
        try {
            session = engine.session(onnx);
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime does not take " + name + ": " + e.getMessage(), e);
        }
        boolean complete = false;
        try {
            BackboneSession backbone = new BackboneSession(session, name, inputSize, dimension);
            backbone.tryOnce();
            complete = true;
            return backbone;
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime failed: " + e.getMessage(), e);
        } finally {
            if (!complete) {
                close(session);
            }
        }
    }

    /** Without a place for the output, which tells how wide it is. */
    private void tryOnce() throws OrtException {
        ByteBuffer black = direct(Math.toIntExact(shape[1] * shape[2] * shape[3]));
        try (OnnxTensor tensor = tensor(black);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            int count = ((OnnxTensor) result.get(0)).getFloatBuffer().remaining();
            if (count != dimension) {
                throw new IllegalArgumentException(
                        name + " gives " + count + " numbers, but " + dimension + " were announced");
            }
        }
    }

    /**
     * Runs the graph once.
     *
     * @param pixels direct, native order, from position to limit one picture
     * @param embedding takes the numbers
     * @throws IllegalArgumentException if ONNX Runtime fails
     */
    void run(ByteBuffer pixels, float[] embedding) {
        try (OnnxTensor tensor = tensor(pixels)) {
            Row row = take();
            session.run(Map.of(input, tensor), row.outputs).close();
            row.numbers.get(0, embedding, 0, dimension);
            giveBack(row);
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    /** What the file says of itself under this key, or {@code otherwise}. */
    String property(String key, String otherwise) {
        try {
            return session.getMetadata().getCustomMetadata().getOrDefault(key, otherwise);
        } catch (OrtException e) {
            throw new IllegalArgumentException("the metadata of " + name + " can't be read: " + e.getMessage(), e);
        }
    }

    private OnnxTensor tensor(ByteBuffer pixels) throws OrtException {
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), pixels, shape, OnnxJavaType.UINT8);
    }

    private Row take() throws OrtException {
        synchronized (idle) {
            Row row = idle.poll();
            return row == null ? new Row() : row;
        }
    }

    private void giveBack(Row row) {
        synchronized (idle) {
            idle.push(row);
        }
    }

    /** Frees the native memory. Nobody may be running it. */
    @Override
    public void close() {
        synchronized (idle) {
            idle.forEach(row -> row.tensor.close());
            idle.clear();
        }
        close(session);
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a backbone could not be closed: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Where one call's output is. */
    private final class Row {
        private final FloatBuffer numbers = direct(dimension * Float.BYTES).asFloatBuffer();
        private final OnnxTensor tensor;
        private final Map<String, OnnxTensor> outputs;

        Row() throws OrtException {
            tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), numbers, new long[] {1, dimension});
            outputs = Map.of(output, tensor);
        }
    }
}
