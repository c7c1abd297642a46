package io.headwater.benchmarks.training;

import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.PyTorch;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.LabelledRows;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long the trainer takes beside the same steps as plain matrix products. */
@Command(
        name = "training-speed",
        mixinStandardHelpOptions = true,
        description = "Measures the training of a head beside a plain matrix loop: same rows, batches and steps,"
                + " one thread, turn by turn. The trainer's time includes the standardisation.")
public final class TrainingSpeed implements Callable<Integer> {
    private static final float L2 = 50;

    @Option(names = "--examples", defaultValue = "10000", description = "Rows (default: ${DEFAULT-VALUE}).")
    private int examples;

    @Option(names = "--dimension", defaultValue = "2432", description = "Numbers per row (default: ${DEFAULT-VALUE}).")
    private int dimension;

    @Option(names = "--classes", defaultValue = "10", description = "Classes (default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--epochs", defaultValue = "10", description = "Epochs (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--limit",
            defaultValue = "2",
            description = "Largest allowed ratio of the trainer to the plain PyTorch loop; above it the exit code is 1"
                    + " (default: ${DEFAULT-VALUE}).")
    private double limit;

    @Spec
    private CommandSpec spec;

    private TrainingSpeed() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TrainingSpeed()).execute(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Hyperparameters defaults = Hyperparameters.DEFAULT;
        Hyperparameters settings = new Hyperparameters(
                0,
                epochs,
                1,
                defaults.batchSize(),
                defaults.learningRate(),
                List.of(L2),
                2,
                0,
                epochs,
                defaults.seed());
        Task task = new Task(examples, dimension, classes, epochs, settings.batchSize(), settings.learningRate(), L2);
        String pytorch = PyTorch.load();
        out.printf(
                "%d x %d, %d classes, %d epochs, batches of %d (%d steps), Adam; PyTorch %s, 1 thread; Java %s, %d cores%n",
                examples,
                dimension,
                classes,
                epochs,
                settings.batchSize(),
                task.steps(),
                pytorch,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());

        float[] rows = new float[examples * dimension];
        int[] targets = new int[examples];
        generate(rows, targets);
        LabelledRows labelled = labelled(rows, targets);
        List<String> labels = IntStream.range(0, classes)
                .mapToObj(TrainingSpeed::label)
                .sorted()
                .toList();
        HeadTrainer trainer = new HeadTrainer(settings);

        double[] ours = new double[rounds];
        double[] plain = new double[rounds];
        double[] java = new double[rounds];
        // Round -1 warms up.
        for (int round = -1; round < rounds; round++) {
            double first = seconds(() -> trainer.train(labelled, labels, Optional.empty(), Cancellation.NEVER));
            double second = seconds(() -> PlainPyTorch.train(rows, targets, task));
            double third = seconds(() -> PlainJava.train(rows, targets, task));
            if (round >= 0) {
                ours[round] = first;
                plain[round] = second;
                java[round] = third;
            }
        }
        double ratio = median(ours) / median(plain);
        report(out, "Headwater's trainer", ours);
        report(out, "plain PyTorch matrix loop", plain);
        report(out, "plain Java float loop", java);
        out.printf(
                "ratio to plain PyTorch %.2f (limit %.2f), to plain Java %.2f%n",
                ratio, limit, median(ours) / median(java));
        out.flush();
        return ratio <= limit ? CommandLine.ExitCode.OK : 1;
    }

    private void generate(float[] rows, int[] targets) {
        Random random = new Random(1);
        for (int i = 0; i < examples; i++) {
            targets[i] = i % classes;
            for (int j = 0; j < dimension; j++) {
                // About standard normal, with a little of the class in it.
                rows[i * dimension + j] = (float) random.nextGaussian() + (j % classes == targets[i] ? 0.05f : 0);
            }
        }
    }

    private LabelledRows labelled(float[] rows, int[] targets) {
        EmbeddingMatrix matrix = new EmbeddingMatrix(dimension);
        for (int i = 0; i < examples; i++) {
            matrix.append(Arrays.copyOfRange(rows, i * dimension, (i + 1) * dimension));
        }
        List<String> names = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int target : targets) {
            names.add(label(target));
            ids.add("example" + ids.size());
        }
        return new LabelledRows(matrix, names, ids);
    }

    private static String label(int target) {
        return String.format("class-%04d", target);
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static void report(PrintWriter out, String name, double[] seconds) {
        out.printf(
                "%-28s median %6.2f s  (%.2f to %.2f, %d rounds)%n",
                name,
                median(seconds),
                Arrays.stream(seconds).min().orElseThrow(),
                Arrays.stream(seconds).max().orElseThrow(),
                seconds.length);
    }
}
