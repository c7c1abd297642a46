package io.headwater.inference.model;

import ai.djl.engine.Engine;
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
 * A small graph from one embedding to a row of float32, in ONNX Runtime's own API: its input and output stay where they are
 * from call to call, so a call costs one transition to native code and no copy but the embedding's. Runs on its caller's thread;
 * threads may share it.
 */
final class HeadSession implements AutoCloseable {
    private final OrtSession session;
    private final String input;
    private final String output;
    private final int dimension;
    private final int width;
    // As many as threads have ever been in it at once.
    private final Deque<Call> idle = new ArrayDeque<>();

    private HeadSession(OrtSession session, String input, String output, int dimension, int width) {
        this.session = session;
        this.input = input;
        this.output = output;
        this.dimension = dimension;
        this.width = width;
    }

    /**
     * Loads a graph and runs it once.
     *
     * @param name for messages
     * @param dimension length of an embedding
     * @throws IllegalArgumentException if ONNX Runtime does not take it, or it is not such a graph
     */
    static HeadSession load(String name, byte[] onnx, int dimension) {
        // Whoever asks first sets the environment up, and DJL wants to be that one.
        Engine.getEngine("OnnxRuntime");
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = null;
        boolean complete = false;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // There is nothing to allocate in a call, and an arena takes a megabyte at once.
            options.setCPUArenaAllocator(false);
            session = environment.createSession(onnx, options);
            if (session.getInputInfo().size() != 1) {
                throw new IllegalArgumentException(
                        name + " has " + session.getInputInfo().size() + " inputs instead of one");
            }
            String input = session.getInputInfo().keySet().iterator().next();
            NodeInfo output = session.getOutputInfo().values().iterator().next();
            if (!(output.getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.FLOAT) {
                throw new IllegalArgumentException(name + " does not give float32");
            }
            int width = width(session, input, dimension);
            complete = true;
            return new HeadSession(session, input, output.getName(), dimension, width);
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime does not take " + name + ": " + e.getMessage(), e);
        } finally {
            if (!complete && session != null) {
                close(session);
            }
        }
    }

    private static int width(OrtSession session, String input, int dimension) throws OrtException {
        try (OnnxTensor zeros =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), floats(dimension), row(dimension));
                OrtSession.Result result = session.run(Map.of(input, zeros))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().remaining();
        }
    }

    /** How many numbers it gives for an embedding. */
    int width() {
        return width;
    }

    /**
     * Runs the graph once.
     *
     * @param embedding {@code dimension} numbers
     * @param into takes {@link #width()} numbers from {@code from} on
     * @throws IllegalArgumentException if ONNX Runtime fails
     */
    void run(float[] embedding, float[] into, int from) {
        try {
            Call call = take();
            try {
                call.in.put(0, embedding, 0, dimension);
                session.run(call.inputs, call.outputs).close();
                call.out.get(0, into, from, width);
            } finally {
                giveBack(call);
            }
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    private Call take() throws OrtException {
        synchronized (idle) {
            Call call = idle.poll();
            return call == null ? new Call() : call;
        }
    }

    private void giveBack(Call call) {
        synchronized (idle) {
            idle.push(call);
        }
    }

    /** Frees the native memory. Nobody may be running it. */
    @Override
    public void close() {
        synchronized (idle) {
            idle.forEach(Call::close);
            idle.clear();
        }
        close(session);
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a head could not be closed: " + e.getMessage(), e);
        }
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static long[] row(int width) {
        return new long[] {1, width};
    }

    /** Where one call's input and output are. */
    private final class Call {
        private final FloatBuffer in = floats(dimension);
        private final FloatBuffer out = floats(width);
        private final OnnxTensor inTensor;
        private final OnnxTensor outTensor;
        private final Map<String, OnnxTensor> inputs;
        private final Map<String, OnnxTensor> outputs;

        Call() throws OrtException {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            inTensor = OnnxTensor.createTensor(environment, in, row(dimension));
            outTensor = OnnxTensor.createTensor(environment, out, row(width));
            inputs = Map.of(input, inTensor);
            outputs = Map.of(output, outTensor);
        }

        void close() {
            inTensor.close();
            outTensor.close();
        }
    }
}
