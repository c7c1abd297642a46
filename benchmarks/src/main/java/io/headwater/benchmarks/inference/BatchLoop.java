package io.headwater.benchmarks.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** ONNX Runtime by itself on one thread, with so many images in each call. */
final class BatchLoop implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final int size;

    BatchLoop(byte[] backbone, int size) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        this.session = environment.createSession(backbone, options);
        this.size = size;
    }

    /**
     * One round.
     *
     * @param p99 of a call, milliseconds
     */
    record Round(double imagesPerSecond, double p99) {}

    /** Embeds so many images, {@code batch} at a time. */
    Round run(int images, int batch) throws OrtException {
        ByteBuffer pixels = ByteBuffer.allocateDirect(batch * size * size * 3).order(ByteOrder.nativeOrder());
        byte[] random = new byte[pixels.capacity()];
        new Random(1).nextBytes(random);
        pixels.put(random).flip();
        long[] nanos = new long[Math.max(1, images / batch)];
        long start = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            long begun = System.nanoTime();
            embed(pixels, batch);
            nanos[i] = System.nanoTime() - begun;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(nanos);
        return new Round(nanos.length * batch / seconds, nanos[nanos.length * 99 / 100] / 1e6);
    }

    private void embed(ByteBuffer pixels, int batch) throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(
                        environment, pixels, new long[] {batch, size, size, 3}, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            if (Float.isNaN(((OnnxTensor) result.get(0)).getFloatBuffer().get(0))) {
                throw new IllegalStateException("the backbone gives no numbers");
            }
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
