package io.headwater.benchmarks.drift;

import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.GateOutcome;
import io.headwater.events.GateVerdict;
import io.headwater.events.LabelledExample;
import io.headwater.events.Lineage;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.Quality;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.events.Split;
import io.headwater.events.TrainingCause;
import io.headwater.serde.EmbeddingVector;
import io.headwater.trainer.artifacts.DirectoryStore;
import io.headwater.trainer.drift.DriftSettings;
import io.headwater.trainer.drift.DriftWatch;
import io.headwater.trainer.export.HeadGraph;
import io.headwater.trainer.export.ModelMetadata;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.training.Head;
import io.headwater.trainer.training.Layer;
import io.headwater.trainer.trainingset.TrainingSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What watching for drift costs for each image: the copy on the thread that reads, and the comparison in the background. */
@Command(
        name = "drift-cost",
        mixinStandardHelpOptions = true,
        version = "1",
        description = "Shows made-up embeddings to the watch for drift, and prints what each image took.")
public final class DriftCost implements Callable<Integer> {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int DISTINCT = 1_000;

    @Option(names = "--dimension", description = "Numbers of an embedding (${DEFAULT-VALUE}).")
    private int dimension = 2432;

    @Option(names = "--classes", description = "Number of classes (${DEFAULT-VALUE}).")
    private int classes = 10;

    @Option(names = "--references", split = ",", description = "Held-out images, one row each (${DEFAULT-VALUE}).")
    private List<Integer> references = List.of(300, 2_000);

    @Option(
            names = "--windows",
            description = "Windows that are measured, after as many to warm up (${DEFAULT-VALUE}).")
    private int windows = 20;

    private final Random random = new Random(42);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DriftCost()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Output.OUT;
        DriftSettings settings = DriftSettings.DEFAULT;
        Conditions.ofThisMachine()
                .with("dimension", dimension)
                .with("classes", classes)
                .with("window", settings.window())
                .print(out);
        out.println(
                "| reference | copy, µs per image | comparison, µs per image | comparison, ms per window, median | longest |");
        out.println("| --- | --- | --- | --- | --- |");
        for (int reference : references) {
            measure(settings, reference, out);
        }
        return 0;
    }

    private void measure(DriftSettings settings, int heldOut, PrintWriter out) throws IOException {
        Path directory = Files.createTempDirectory("drift-cost");
        DirectoryStore store = new DirectoryStore(directory);
        Registry registry = new Registry();
        TrainingSet trainingSet = new TrainingSet(dimension);
        Backbone backbone = new Backbone("b", "made up", "x", 1L, 64, dimension, 0L);
        hold(trainingSet, heldOut);
        serve(registry, store, backbone);
        List<Long> compared = new ArrayList<>();
        Executor timed = task -> {
            long began = System.nanoTime();
            task.run();
            compared.add(System.nanoTime() - began);
        };
        DriftWatch watch = new DriftWatch(registry, trainingSet, store, settings, timed);
        watch.begin(backbone);
        List<ByteBuffer> images =
                IntStream.range(0, DISTINCT).mapToObj(i -> vector(i % classes)).toList();
        feed(watch, images, windows * settings.window());
        compared.clear();
        long began = System.nanoTime();
        feed(watch, images, windows * settings.window());
        long all = System.nanoTime() - began;
        long comparing = compared.stream().mapToLong(Long::longValue).sum();
        if (compared.size() != windows || watch.obstacle().isPresent()) {
            throw new IllegalStateException("Not every window was compared: " + watch.obstacle());
        }
        double count = windows * settings.window() * 1e3;
        long[] sorted = compared.stream().mapToLong(Long::longValue).sorted().toArray();
        out.printf(
                "| %,d | %.1f | %.1f | %.0f | %.0f |%n",
                heldOut,
                (all - comparing) / count,
                comparing / count,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    private void feed(DriftWatch watch, List<ByteBuffer> images, int count) {
        for (int i = 0; i < count; i++) {
            watch.embedded("image", images.get(random.nextInt(images.size())), NOW.plusSeconds(i));
        }
    }

    private void hold(TrainingSet trainingSet, int heldOut) {
        trainingSet.begin("b", dimension);
        for (int i = 0; i < heldOut + classes; i++) {
            // One of each class to learn from, so that it is one.
            Split split = i >= heldOut ? Split.TRAIN : Split.HOLDOUT;
            trainingSet.put(
                    "example-" + i,
                    new LabelledExample(label(i % classes), NOW, "b", vector(i % classes), split, 0L, 0L),
                    new TrainingSet.Position(0, i, NOW));
        }
    }

    private void serve(Registry registry, DirectoryStore store, Backbone backbone) {
        List<String> labels =
                IntStream.range(0, classes).mapToObj(DriftCost::label).toList();
        float[] weights = new float[dimension * classes];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian() / dimension;
        }
        Quality quality = new Quality(0.9, 0.3);
        ModelMetrics metrics = new ModelMetrics(quality, quality, 0.1, null);
        byte[] head = HeadGraph.head(
                new Head(Optional.empty(), new Layer(dimension, weights, new float[classes])),
                new ModelMetadata(
                        1,
                        labels,
                        "b",
                        64,
                        Optional.of(NOW),
                        100,
                        Optional.empty(),
                        metrics,
                        Map.of(),
                        Map.of(),
                        new Lineage(
                                TrainingCause.NEW_LABELS, Map.of(), Map.of(), List.of(), Map.of(), "cold", Map.of())));
        Artifact file = store.write("models/1/head.onnx", head);
        ModelPublished stable = ModelPublished.newBuilder()
                .setVersion(1L)
                .setState(ModelState.STABLE)
                .setReason("made up")
                .setGate(new GateVerdict(GateOutcome.PASSED, "made up"))
                .setModel(file)
                .setHead(file)
                .setBackbone("b")
                .setBackboneChange(0L)
                .setLabels(labels)
                .setExamples(100L)
                .setHoldoutExamples(100L)
                .setMetrics(metrics)
                .setParent(null)
                .setTrigger("made up")
                .setExampleOffsets(Map.of())
                .setHyperparameters(Map.of())
                .setTrainedAt(NOW.plusSeconds(1))
                .build();
        registry.put(stable);
        registry.put(RolloutChanged.newBuilder()
                .setGeneration(1L)
                .setBackbone(backbone)
                .setStable(new ServedModel(1L, labels, file.getUri(), file.getSha256(), file.getSize()))
                .setReason("made up")
                .setChangedBy("trainer")
                .setChangedAt(NOW)
                .build());
    }

    private static String label(int number) {
        return "class " + number;
    }

    private ByteBuffer vector(int number) {
        Random centre = new Random(number);
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) Math.abs(1 + 0.3 * centre.nextGaussian() + random.nextGaussian());
        }
        return EmbeddingVector.toBytes(vector);
    }
}
