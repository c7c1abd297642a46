package io.headwater.benchmarks.training;

import io.headwater.benchmarks.machine.Output;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.PyTorch;
import io.headwater.trainer.training.StartingPoint;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.LabelledRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much memory a large training takes. */
@Command(
        name = "training-memory",
        mixinStandardHelpOptions = true,
        description =
                "Fills the training set's matrix, trains on it from a cold and from a warm start, and compares the"
                        + " largest resident memory of the process (VmHWM) with the matrix itself. Needs Linux, a small -Xmx, and"
                        + " -XX:MaxDirectMemorySize above the matrix.")
public final class TrainingMemory implements Callable<Integer> {
    private static final double MIB = 1024 * 1024;

    @Option(names = "--examples", defaultValue = "200000", description = "Rows (${DEFAULT-VALUE}).")
    private int examples;

    @Option(names = "--dimension", defaultValue = "2432", description = "Numbers per row (${DEFAULT-VALUE}).")
    private int dimension;

    @Option(names = "--classes", defaultValue = "100", description = "Classes (${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--epochs", defaultValue = "1", description = "Epochs (${DEFAULT-VALUE}).")
    private int epochs;

    @Option(names = "--limit", defaultValue = "1.3", description = "Allowed ratio to the matrix (${DEFAULT-VALUE}).")
    private double limit;

    private TrainingMemory() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TrainingMemory()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Output.OUT.printf(
                "%d x %d, %d classes, -Xmx %.0f MiB, PyTorch %s; peak before: %.0f MiB%n",
                examples, dimension, classes, Runtime.getRuntime().maxMemory() / MIB, PyTorch.load(), peak() / MIB);
        LabelledRows rows = rows();
        Output.OUT.printf("peak with the matrix: %.0f MiB%n", peak() / MIB);
        List<String> labels =
                IntStream.range(0, classes).mapToObj(TrainingMemory::label).toList();
        Hyperparameters defaults = Hyperparameters.DEFAULT;
        HeadTrainer trainer = new HeadTrainer(new Hyperparameters(
                0,
                epochs,
                defaults.minSteps(),
                defaults.batchSize(),
                defaults.learningRate(),
                defaults.l2Grid(),
                defaults.folds(),
                defaults.labelSmoothing(),
                defaults.patience(),
                defaults.seed()));
        Optional<StartingPoint> stable = Optional.empty();
        for (String start : List.of("cold", "warm and cold")) {
            long began = System.nanoTime();
            HeadTrainer.Result result = trainer.train(rows, labels, stable, Cancellation.NEVER);
            stable = Optional.of(new StartingPoint(labels, result.trained().folded(), true));
            Output.OUT.printf(
                    "%s: %.1f s %s, peak %.0f MiB%n",
                    start, (System.nanoTime() - began) / 1e9, result.summary().millis(), peak() / MIB);
        }
        double matrix = 4.0 * examples * dimension;
        double ratio = peak() / matrix;
        Output.OUT.printf(
                "matrix %.0f MiB, peak %.0f MiB: %.3f (limit %.2f)%n", matrix / MIB, peak() / MIB, ratio, limit);
        return ratio <= limit ? CommandLine.ExitCode.OK : 1;
    }

    private LabelledRows rows() {
        SplittableRandom random = new SplittableRandom(1);
        EmbeddingMatrix matrix = new EmbeddingMatrix(dimension);
        List<String> labels = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        float[] vector = new float[dimension];
        for (int i = 0; i < examples; i++) {
            int target = i % classes;
            for (int j = 0; j < dimension; j++) {
                // Even noise, with a little of the class in it.
                vector[j] = (random.nextInt() >>> 8) * 0x1p-24f + (j % classes == target ? 0.1f : 0);
            }
            matrix.append(vector);
            labels.add(label(target));
            ids.add("example-" + i);
        }
        return new LabelledRows(matrix, labels, ids);
    }

    private static String label(int target) {
        return String.format("class-%04d", target).intern();
    }

    /** The largest resident memory of this process so far, bytes. */
    private static double peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
