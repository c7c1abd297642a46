package io.headwater.benchmarks.labels;

import io.headwater.benchmarks.machine.Output;
import io.headwater.benchmarks.training.EmbeddedFolder;
import io.headwater.trainer.embeddings.Projection;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.PyTorch;
import io.headwater.trainer.training.TrainedHead;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.EmbeddingRows;
import io.headwater.trainer.trainingset.LabelledRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How many labels a head needs, when they are asked for in the order of the queue and at random. */
@Command(
        name = "label-queue",
        mixinStandardHelpOptions = true,
        description =
                "Embeds photographs (a folder for each class) with the bundled backbone and keeps two thirds as the stream"
                        + " that may be labelled and a third to measure on, another third for each seed. Every strategy begins"
                        + " with the same random labels; after each batch a head is trained by the trainer's own code, and"
                        + " the next batch is chosen by it. Of all labels the random share is for measuring only, as in the"
                        + " trainer; of labels at random as many fall on the held-out side.")
public final class LabelQueue implements Callable<Integer> {
    private static final int INPUT_SIZE = 224;
    private static final int DIMENSIONS = 64;

    @Parameters(index = "0", description = "Directory with a folder for each class.")
    private Path directory;

    @Option(names = "--seeds", defaultValue = "5", description = "Repetitions (${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--batch", defaultValue = "50", description = "Labels between two trainings (${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--labels", defaultValue = "400", description = "Labels at most (${DEFAULT-VALUE}).")
    private int most;

    @Option(
            names = "--random-share",
            defaultValue = "0.2",
            description = "Share of the labels that are for measuring (${DEFAULT-VALUE}).")
    private double randomShare;

    @Option(
            names = "--goals",
            split = ",",
            defaultValue = "0.60,0.65,0.70",
            description = "Accuracies to reach (${DEFAULT-VALUE}).")
    private List<Double> goals;

    @Option(
            names = "--strategies",
            split = ",",
            defaultValue = "RANDOM,MARGIN,QUEUE,BADGE",
            description = "Which (${DEFAULT-VALUE}).")
    private List<Strategy> strategies;

    private LabelQueue() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        // Before anything logs.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(new CommandLine(new LabelQueue()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        EmbeddedFolder folder = EmbeddedFolder.of(directory, INPUT_SIZE);
        LabelledRows all = folder.rows();
        float[][] projected = Projection.of(all.embeddings(), DIMENSIONS, 1).of(all.embeddings());
        Output.OUT.printf(
                "%d classes, %d photographs, %d px, %d seeds, batches of %d, random share %.2f, PyTorch %s%n",
                folder.labels().size(), all.size(), INPUT_SIZE, seeds, batch, randomShare, PyTorch.load());
        for (Strategy strategy : strategies) {
            double[][] accuracies = new double[seeds][];
            for (int seed = 0; seed < seeds; seed++) {
                accuracies[seed] = new Course(all, projected, folder.labels(), seed).run(strategy);
                Output.OUT.printf(
                        "%-7s seed %d: %s%n",
                        strategy,
                        seed,
                        Arrays.stream(accuracies[seed])
                                .mapToObj(one -> String.format("%.3f", one))
                                .collect(Collectors.joining(" ")));
            }
            report(strategy, accuracies);
        }
        return CommandLine.ExitCode.OK;
    }

    private void report(Strategy strategy, double[][] accuracies) {
        Output.OUT.printf("%-7s accuracy after:", strategy);
        for (int k = 0; k < accuracies[0].length; k++) {
            int at = k;
            Output.OUT.printf(
                    " %d: %s",
                    (k + 1) * batch, spread("%.3f", Arrays.stream(accuracies).mapToDouble(one -> one[at])));
        }
        Output.OUT.printf("%n%-7s labels until:", strategy);
        for (double goal : goals) {
            double[] needed = Arrays.stream(accuracies)
                    .mapToDouble(one -> needed(one, goal))
                    .sorted()
                    .toArray();
            // A median, because it may never be reached.
            Output.OUT.printf(
                    " %.2f: %.0f (%.0f to %.0f)",
                    goal,
                    (needed[(needed.length - 1) / 2] + needed[needed.length / 2]) / 2,
                    needed[0],
                    needed[needed.length - 1]);
        }
        Output.OUT.println();
    }

    /** Mean and standard deviation over the seeds. */
    private String spread(String format, DoubleStream values) {
        double[] all = values.toArray();
        double mean = Arrays.stream(all).average().orElseThrow();
        double square =
                Arrays.stream(all).map(one -> (one - mean) * (one - mean)).sum();
        return String.format(format + "±" + format, mean, Math.sqrt(square / Math.max(1, all.length - 1)));
    }

    /** Labels until an accuracy is reached for the first time, between two trainings in proportion; infinite if never. */
    private double needed(double[] accuracies, double goal) {
        if (accuracies[0] >= goal) {
            return batch;
        }
        for (int k = 1; k < accuracies.length; k++) {
            if (accuracies[k] >= goal) {
                return batch * (k + (goal - accuracies[k - 1]) / (accuracies[k] - accuracies[k - 1]));
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** One seed. */
    private final class Course {
        private final LabelledRows all;
        private final float[][] projected;
        private final List<String> labels;
        private final int seed;
        private final List<Integer> pool;
        private final int[] test;

        Course(LabelledRows all, float[][] projected, List<String> labels, int seed) {
            this.all = all;
            this.projected = projected;
            this.labels = labels;
            this.seed = seed;
            List<Integer> shuffled =
                    IntStream.range(0, all.size()).boxed().collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(shuffled, new Random(seed));
            pool = new ArrayList<>(shuffled.subList(0, all.size() * 2 / 3));
            test = shuffled.subList(all.size() * 2 / 3, all.size()).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        double[] run(Strategy strategy) {
            int teaching = (int) Math.round(batch * (1 - randomShare));
            List<Integer> labelled = new ArrayList<>(pool.subList(0, teaching));
            pool.removeAll(labelled);
            double[] accuracies = new double[most / batch];
            for (int round = 0; round < accuracies.length; round++) {
                TrainedHead head = train(labelled);
                accuracies[round] = accuracy(head);
                int[] rows = pool.stream().mapToInt(Integer::intValue).toArray();
                int[] chosen = strategy.choose(new Strategy.Situation(
                        projected(rows),
                        head.probabilities(view(rows)),
                        labels,
                        projected(labelled.stream().mapToInt(Integer::intValue).toArray()),
                        teaching,
                        seed * 1000L + round));
                List<Integer> next = Arrays.stream(chosen).mapToObj(pool::get).toList();
                labelled.addAll(next);
                pool.removeAll(next);
            }
            return accuracies;
        }

        private float[][] projected(int[] rows) {
            return Arrays.stream(rows).mapToObj(row -> projected[row]).toArray(float[][]::new);
        }

        private TrainedHead train(List<Integer> rows) {
            int[] numbers = rows.stream().sorted().mapToInt(Integer::intValue).toArray();
            LabelledRows train = new LabelledRows(
                    view(numbers),
                    Arrays.stream(numbers).mapToObj(all.labels()::get).toList(),
                    Arrays.stream(numbers).mapToObj(all.ids()::get).toList());
            return new HeadTrainer(Hyperparameters.DEFAULT)
                    .train(train, labels, Optional.empty(), Cancellation.NEVER)
                    .trained();
        }

        private double accuracy(TrainedHead head) {
            float[][] answers = head.probabilities(view(test));
            int right = 0;
            for (int i = 0; i < test.length; i++) {
                int best = 0;
                for (int c = 1; c < answers[i].length; c++) {
                    best = answers[i][c] > answers[i][best] ? c : best;
                }
                right += labels.get(best).equals(all.labels().get(test[i])) ? 1 : 0;
            }
            return (double) right / test.length;
        }

        private EmbeddingRows view(int[] rows) {
            return ((EmbeddingMatrix) all.embeddings()).view(rows);
        }
    }
}
