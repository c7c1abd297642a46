package io.headwater.benchmarks.inference.processes;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.headwater.benchmarks.machine.Output;
import io.headwater.trainer.backbone.BackboneSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process that does nothing but call the bundled backbone, one session for all its threads, as the service does. Prints how often it
 * did between two moments.
 */
final class Caller {
    private Caller() {}

    /** Threads; input size, pixels; the moments from and to which calls count, milliseconds of the epoch. */
    public static void main(String[] args) throws IOException, OrtException, InterruptedException, ExecutionException {
        int threads = Integer.parseInt(args[0]);
        int size = Integer.parseInt(args[1]);
        long from = Long.parseLong(args[2]);
        long to = Long.parseLong(args[3]);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            byte[] model = BackboneSource.openimages(size).acquire().bytes();
            try (OrtSession session = environment.createSession(model, options)) {
                ExecutorService pool = Executors.newFixedThreadPool(threads);
                List<Future<Integer>> counts = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    counts.add(pool.submit(() -> calls(environment, session, size, from, to)));
                }
                int sum = 0;
                for (Future<Integer> count : counts) {
                    sum += count.get();
                }
                pool.shutdown();
                Output.OUT.println(sum);
            }
        }
    }

    private static int calls(OrtEnvironment environment, OrtSession session, int size, long from, long to)
            throws OrtException {
        byte[] noise = new byte[size * size * 3];
        new SplittableRandom(1).nextBytes(noise);
        ByteBuffer pixels = ByteBuffer.allocateDirect(noise.length).order(ByteOrder.nativeOrder());
        pixels.put(noise).flip();
        String input = session.getInputNames().iterator().next();
        int count = 0;
        try (OnnxTensor tensor =
                OnnxTensor.createTensor(environment, pixels, new long[] {1, size, size, 3}, OnnxJavaType.UINT8)) {
            for (long now = System.currentTimeMillis(); now < to; now = System.currentTimeMillis()) {
                session.run(Map.of(input, tensor)).close();
                if (now >= from) {
                    count++;
                }
            }
        }
        return count;
    }
}
