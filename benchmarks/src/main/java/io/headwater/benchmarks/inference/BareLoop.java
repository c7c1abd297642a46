package io.headwater.benchmarks.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.picture.UnreadableImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** ONNX Runtime by itself: one session, as many callers as the service has workers, nothing else. */
final class BareLoop implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final List<byte[]> jpegs;
    private final List<ByteBuffer> decoded = new ArrayList<>();
    private final int size;
    private final int threads;

    BareLoop(byte[] backbone, List<byte[]> jpegs, int size, int threads) throws OrtException, UnreadableImageException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        this.session = environment.createSession(backbone, options);
        this.jpegs = jpegs;
        this.size = size;
        this.threads = threads;
        Pixels pixels = new Pixels(size);
        for (byte[] jpeg : jpegs) {
            ByteBuffer one = pixels.read(jpeg);
            decoded.add(ByteBuffer.allocateDirect(one.remaining())
                    .order(ByteOrder.nativeOrder())
                    .put(one)
                    .flip());
        }
    }

    /** Over pixels that were decoded beforehand. */
    Measured overPixels(int images) throws InterruptedException, ExecutionException {
        return run(images, () -> {
            float[] embedding = new float[1];
            return i -> embed(decoded.get(i % decoded.size()).duplicate().order(ByteOrder.nativeOrder()), embedding);
        });
    }

    /** With the service's own decoding. */
    Measured overJpegs(int images) throws InterruptedException, ExecutionException {
        return run(images, () -> {
            Pixels pixels = new Pixels(size);
            float[] embedding = new float[1];
            return i -> embed(pixels.read(jpegs.get(i % jpegs.size())), embedding);
        });
    }

    private float embed(ByteBuffer pixels, float[] first) throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(
                        environment, pixels, new long[] {1, size, size, 3}, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            first[0] = ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
            return first[0];
        }
    }

    private interface Work {
        float on(int image) throws Exception;
    }

    private Measured run(int images, Callable<Work> perThread) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long cpu = Cpu.ofThisProcess();
        long start = System.nanoTime();
        List<Future<Float>> sums = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            sums.add(pool.submit(() -> {
                Work work = perThread.call();
                float sum = 0;
                for (int i = next.getAndIncrement(); i < images; i = next.getAndIncrement()) {
                    sum += work.on(i);
                }
                return sum;
            }));
        }
        for (Future<Float> sum : sums) {
            if (sum.get().isNaN()) {
                throw new IllegalStateException("the backbone gives no numbers");
            }
        }
        long wall = System.nanoTime() - start;
        cpu = Cpu.ofThisProcess() - cpu;
        pool.shutdown();
        return Measured.of(images, wall, cpu, 0);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
