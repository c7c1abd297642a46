package io.headwater.benchmarks.training;

import io.headwater.trainer.training.CalibrationPart;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.PyTorch;
import io.headwater.trainer.training.StartingPoint;
import io.headwater.trainer.training.TrainingSummary;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.LabelledRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
                + " one thread, turn by turn; then beside python torch in a process of its own, on the same rows, where a"
                + " python3 has it. The trainer's time includes the standardisation, and the calibration on a part that comes"
                + " on top of the rows. All phases are those of a training as it is by default, with a stable head: more than 2,000"
                + " rows are needed.")
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

    @Option(
            names = "--python-limit",
            defaultValue = "1",
            description = "Largest allowed ratio of the trainer to python torch (default: ${DEFAULT-VALUE}).")
    private double pythonLimit;

    @Spec
    private CommandSpec spec;

    private TrainingSpeed() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TrainingSpeed()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
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

        int setAside = examples / 9;
        float[] rows = new float[(examples + setAside) * dimension];
        int[] targets = new int[examples + setAside];
        generate(rows, targets);
        LabelledRows labelled = labelled(rows, targets);
        float[] learnt = Arrays.copyOf(rows, examples * dimension);
        int[] theirs = Arrays.copyOf(targets, examples);
        List<String> labels = IntStream.range(0, classes)
                .mapToObj(TrainingSpeed::label)
                .sorted()
                .toList();
        HeadTrainer trainer = new HeadTrainer(settings);
        HeadTrainer complete = new HeadTrainer(defaults);
        StartingPoint stable = new StartingPoint(
                labels,
                trainer.train(labelled, labels, Optional.empty(), Cancellation.NEVER)
                        .trained()
                        .folded(),
                true);

        double[] ours = new double[rounds];
        double[] whole = new double[rounds];
        double[] plain = new double[rounds];
        double[] java = new double[rounds];
        List<TrainingSummary> summaries = new ArrayList<>();
        // Round -1 warms up.
        for (int round = -1; round < rounds; round++) {
            double first = seconds(() -> trainer.train(labelled, labels, Optional.empty(), Cancellation.NEVER));
            double second = seconds(() -> PlainPyTorch.train(learnt, theirs, task));
            double third = seconds(() -> PlainJava.train(learnt, theirs, task));
            double fourth = seconds(
                    () -> summaries.add(complete.train(labelled, labels, Optional.of(stable), Cancellation.NEVER)
                            .summary()));
            if (round >= 0) {
                ours[round] = first;
                plain[round] = second;
                java[round] = third;
                whole[round] = fourth;
            }
        }
        report(out, "Headwater's trainer", ours);
        report(out, "plain PyTorch matrix loop", plain);
        report(out, "plain Java float loop", java);
        report(out, "Headwater, all phases", whole);
        TrainingSummary last = summaries.get(summaries.size() - 1);
        out.printf(
                "  the last: %s, penalty %.0f, %s start, %d epochs%n",
                last.millis(), last.l2(), last.start(), last.epochs());
        double ratio = median(ours) / median(plain);
        out.printf(
                "ratio to plain PyTorch %.2f (limit %.2f), to plain Java %.2f%n",
                ratio, limit, median(ours) / median(java));
        boolean good = ratio <= limit & comparesWithPython(out, learnt, theirs, task, median(ours));
        out.flush();
        return good ? CommandLine.ExitCode.OK : 1;
    }

    private boolean comparesWithPython(PrintWriter out, float[] rows, int[] targets, Task task, double ours)
            throws IOException, InterruptedException {
        Optional<PythonPeer> peer = PythonPeer.find();
        if (peer.isEmpty()) {
            out.println("no python3 on the PATH can import torch and numpy (Debian: apt-get install python3-torch)");
            return true;
        }
        PythonPeer.Measured measured = peer.get().measure(rows, targets, task, rounds);
        double fastest = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, List<Double>> way : measured.seconds().entrySet()) {
            double[] seconds =
                    way.getValue().stream().mapToDouble(Double::doubleValue).toArray();
            report(out, "python torch, " + way.getKey(), seconds);
            fastest = Math.min(fastest, median(seconds));
        }
        out.printf(
                "ratio to the faster one of python torch %s: %.2f (limit %.2f)%n",
                measured.version(), ours / fastest, pythonLimit);
        return ours / fastest <= pythonLimit;
    }

    private void generate(float[] rows, int[] targets) {
        Random random = new Random(1);
        for (int i = 0; i < targets.length; i++) {
            targets[i] = i % classes;
            for (int j = 0; j < dimension; j++) {
                // About standard normal, with a little of the class in it.
                rows[i * dimension + j] = (float) random.nextGaussian() + (j % classes == targets[i] ? 0.05f : 0);
            }
        }
    }

    private LabelledRows labelled(float[] rows, int[] targets) {
        EmbeddingMatrix matrix = new EmbeddingMatrix(dimension);
        for (int i = 0; i < targets.length; i++) {
            matrix.append(Arrays.copyOfRange(rows, i * dimension, (i + 1) * dimension));
        }
        List<String> names = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int target : targets) {
            names.add(label(target));
        }
        // What the trainer sets aside for calibration comes on top, so that it learns from as many as the others.
        for (int i = 0; ids.size() < targets.length; i++) {
            if (CalibrationPart.has("example" + i) == ids.size() >= examples) {
                ids.add("example" + i);
            }
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
