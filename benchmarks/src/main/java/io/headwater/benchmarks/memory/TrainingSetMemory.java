package io.headwater.benchmarks.memory;

import io.headwater.artifacts.Sha256;
import io.headwater.benchmarks.machine.Output;
import io.headwater.events.LabelledExample;
import io.headwater.events.Split;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.trainingset.TrainingData;
import io.headwater.trainer.trainingset.TrainingSet;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The memory and the time of a training set, filled with events as they come from the topic. Linux only. */
@Command(
        name = "training-set-memory",
        mixinStandardHelpOptions = true,
        version = "1",
        description =
                "Fills a training set, takes a snapshot, replaces a tenth of the examples, and prints what it took.")
public final class TrainingSetMemory implements Callable<Integer> {
    private static final double MIB = 1024 * 1024;

    @Option(names = "--examples", description = "Number of examples (${DEFAULT-VALUE}).")
    private int examples = 200_000;

    @Option(names = "--dimension", description = "Numbers of an embedding (${DEFAULT-VALUE}).")
    private int dimension = 2432;

    @Option(names = "--classes", description = "Number of classes (${DEFAULT-VALUE}).")
    private int classes = 100;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Serializer<LabelledExample> serializer =
            EventFormat.singleObject().serializer(LabelledExample.class);
    private final Deserializer<LabelledExample> deserializer =
            EventFormat.singleObject().deserializer(LabelledExample.class);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TrainingSetMemory()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        TrainingSet set = new TrainingSet(dimension);
        long start = System.nanoTime();
        for (int i = 0; i < examples; i++) {
            put(set, i, i);
        }
        report("filled", start);
        Map<Integer, Long> since = Map.of(0, examples / 2L);
        start = System.nanoTime();
        int fresh = set.newSince(since).count();
        Output.OUT.printf("new labels counted the first time: %d, %.2f ms%n", fresh, millis(start));
        start = System.nanoTime();
        set.newSince(since);
        Output.OUT.printf("the second time: %.3f ms%n", millis(start));
        start = System.nanoTime();
        try (TrainingData data = set.snapshot(5)) {
            Output.OUT.printf(
                    "snapshot: %d to learn from, %d held out, %d set aside, %.1f ms%n",
                    data.train().size(), data.holdout().size(), data.nearDuplicates(), millis(start));
            start = System.nanoTime();
            for (int i = 0; i < examples / 10; i++) {
                put(set, i, examples + i);
            }
            report("a tenth replaced beside an open snapshot", start);
            start = System.nanoTime();
            Output.OUT.printf("digests of %d classes: %.1f s%n", data.digests().size(), millis(start) / 1000);
        }
        Output.OUT.printf("matrix alone: %.0f MiB%n", (double) examples * dimension * Float.BYTES / MIB);
        return 0;
    }

    /** As an event is read from the topic; one in a hundred is a picture that was there before. */
    private void put(TrainingSet set, int image, long offset) {
        SplittableRandom pixels = image % 100 == 99 ? new SplittableRandom(image - 1) : new SplittableRandom(offset);
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (pixels.nextDouble() * pixels.nextDouble());
        }
        Split split = random.nextInt(5) == 0 ? Split.HOLDOUT : Split.TRAIN;
        byte[] event = serializer.serialize(
                "",
                new LabelledExample(
                        "class " + image % classes,
                        Instant.ofEpochMilli(offset),
                        "b".repeat(64),
                        EmbeddingVector.toBytes(vector),
                        split,
                        offset,
                        offset));
        String id = Sha256.of(Integer.toString(image).getBytes(StandardCharsets.UTF_8));
        set.put(
                id,
                deserializer.deserialize("", event),
                new TrainingSet.Position(0, offset, Instant.ofEpochMilli(offset)));
    }

    private static void report(String what, long start) throws IOException {
        double seconds = millis(start) / 1000;
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        Output.OUT.printf(
                "%s: %.1f s, heap %.0f MiB, direct %.0f MiB, resident %.0f MiB, at most %.0f MiB%n",
                what, seconds, heap / MIB, direct / MIB, status("VmRSS") / 1024.0, status("VmHWM") / 1024.0);
    }

    /** KiB. */
    private static long status(String line) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(entry -> entry.startsWith(line + ":"))
                .mapToLong(entry -> Long.parseLong(entry.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
