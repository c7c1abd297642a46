package io.headwater.benchmarks.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.picture.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** ONNX Runtime by itself: as many callers as the service has workers, nothing else. */
final class BareLoop implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final List<OrtSession> sessions = new ArrayList<>();
    private final List<Pixels> decoders = new ArrayList<>();
    private final List<ByteBuffer> inputs = new ArrayList<>();
    private final List<byte[]> jpegs;
    private final DecodedPhotographs decoded;
    private final int size;
    private final int threads;

    BareLoop(byte[] backbone, List<byte[]> jpegs, DecodedPhotographs decoded, int size, int threads)
            throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        for (int i = 0; i < threads; i++) {
            sessions.add(environment.createSession(backbone, options));
            decoders.add(new Pixels(size));
            inputs.add(ByteBuffer.allocateDirect(size * size * 3).order(ByteOrder.nativeOrder()));
        }
        this.jpegs = jpegs;
        this.size = size;
        this.threads = threads;
        this.decoded = decoded;
    }

    /** Over pixels that were decoded beforehand, all callers sharing one session. */
    Measured overPixels(int images) throws InterruptedException, ExecutionException {
        return run(images, thread -> i -> embed(sessions.get(0), decoded.get(i)));
    }

    /** The same with a session for each caller. */
    Measured overPixelsWithOwnSessions(int images) throws InterruptedException, ExecutionException {
        return run(images, thread -> i -> embed(sessions.get(thread), decoded.get(i)));
    }

    /** As the service calls it, through DJL. */
    Measured throughDjl(Backbone backbone, int images) throws InterruptedException, ExecutionException {
        return run(images, thread -> {
            float[] embedding = new float[backbone.dimension()];
            return i -> {
                backbone.embed(decoded.get(i), embedding);
                return embedding[0];
            };
        });
    }

    /** With the service's own decoding, on the same threads. */
    Measured overJpegs(int images) throws InterruptedException, ExecutionException {
        return run(images, thread -> i -> {
            ByteBuffer input = inputs.get(thread);
            decoders.get(thread).read(jpegs.get(i % jpegs.size()), input);
            return embed(sessions.get(0), input);
        });
    }

    private float embed(OrtSession session, ByteBuffer pixels) throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(
                        environment, pixels, new long[] {1, size, size, 3}, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
        }
    }

    private interface Work {
        float on(int image) throws Exception;
    }

    private Measured run(int images, IntFunction<Work> perThread) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long cpu = Cpu.ofThisProcess();
        long start = System.nanoTime();
        List<Future<Float>> sums = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            sums.add(pool.submit(() -> {
                Work work = perThread.apply(thread);
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
        for (OrtSession session : sessions) {
            session.close();
        }
    }
}
