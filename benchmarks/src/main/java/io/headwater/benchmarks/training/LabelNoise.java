package io.headwater.benchmarks.training;

import io.headwater.benchmarks.machine.Output;
import io.headwater.events.Quality;
import io.headwater.events.Split;
import io.headwater.trainer.evaluation.Evaluation;
import io.headwater.trainer.training.Calibration;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.ConfidentLearning;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.PyTorch;
import io.headwater.trainer.trainingset.LabelledRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What wrong labels do to a head, and whether they are found. */
@Command(
        name = "label-noise",
        mixinStandardHelpOptions = true,
        description =
                "Embeds photographs (a folder for each class) with the bundled backbone, splits them as the trainer"
                        + " does, and trains with the labels as they are and with some of the training side's flipped at random."
                        + " The exit code is 1 if the mean accuracy on the holdout falls by more than the limit.")
public final class LabelNoise implements Callable<Integer> {
    private static final int INPUT_SIZE = 224;

    @Parameters(index = "0", description = "Directory with a folder for each class.")
    private Path directory;

    @Option(names = "--flipped", defaultValue = "0.1", description = "Share of flipped labels (${DEFAULT-VALUE}).")
    private double flipped;

    @Option(names = "--seeds", defaultValue = "5", description = "Trainings of each kind (${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--hidden-units", defaultValue = "0", description = "Of a hidden layer (${DEFAULT-VALUE}).")
    private int hiddenUnits;

    @Option(names = "--limit", defaultValue = "0.02", description = "Allowed loss of accuracy (${DEFAULT-VALUE}).")
    private double limit;

    private LabelNoise() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        // Before anything logs.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(new CommandLine(new LabelNoise()).execute(args));
    }

    /** Labels of which some are wrong, and which. */
    private record Labelled(LabelledRows rows, boolean[] wrong) {}

    @Override
    public Integer call() throws Exception {
        EmbeddedFolder folder = EmbeddedFolder.of(directory, INPUT_SIZE);
        LabelledRows train = folder.rows(Split.TRAIN);
        LabelledRows holdout = folder.rows(Split.HOLDOUT);
        Output.OUT.printf(
                "%d classes, %d to learn from, %d held out, %d px, PyTorch %s%n",
                folder.labels().size(), train.size(), holdout.size(), INPUT_SIZE, PyTorch.load());
        Output.OUT.println("flipped seed | holdout: accuracy  log loss    ECE | penalty   T   ECE before  after |"
                + " suspects  flipped found  of them flipped");
        double clean = mean(train, holdout, folder.labels(), 0);
        double noisy = mean(train, holdout, folder.labels(), flipped);
        Output.OUT.printf("mean accuracy %.4f, with flipped labels %.4f: lost %.4f%n", clean, noisy, clean - noisy);
        return clean - noisy <= limit ? CommandLine.ExitCode.OK : 1;
    }

    private double mean(LabelledRows train, LabelledRows holdout, List<String> labels, double share) {
        return IntStream.rangeClosed(1, seeds)
                .mapToDouble(seed -> accuracy(flip(train, labels, share, seed), holdout, labels, share, seed))
                .average()
                .orElseThrow();
    }

    private static Labelled flip(LabelledRows rows, List<String> labels, double share, long seed) {
        Random random = new Random(seed);
        List<String> given = new ArrayList<>(rows.labels());
        boolean[] wrong = new boolean[given.size()];
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] = random.nextDouble() < share;
            if (wrong[i]) {
                int others = 1 + random.nextInt(labels.size() - 1);
                given.set(i, labels.get((labels.indexOf(given.get(i)) + others) % labels.size()));
            }
        }
        return new Labelled(new LabelledRows(rows.embeddings(), given, rows.ids()), wrong);
    }

    private double accuracy(Labelled train, LabelledRows holdout, List<String> labels, double share, int seed) {
        Hyperparameters defaults = Hyperparameters.DEFAULT;
        Hyperparameters settings = new Hyperparameters(
                hiddenUnits,
                defaults.epochs(),
                defaults.minSteps(),
                defaults.batchSize(),
                defaults.learningRate(),
                defaults.l2Grid(),
                defaults.folds(),
                defaults.labelSmoothing(),
                defaults.patience(),
                defaults.seed() + seed);
        HeadTrainer trainer = new HeadTrainer(settings);
        HeadTrainer.Result result = trainer.train(train.rows(), labels, Optional.empty(), Cancellation.NEVER);
        float[][] answers = result.trained().probabilities(holdout.embeddings());
        Quality quality = Evaluation.quality(answers, labels, holdout.labels());
        float l2 = result.summary().l2();
        Calibration calibration = result.summary().calibration().orElseThrow();
        float[][] outOfFold = result.outOfFold()
                .orElseGet(() -> trainer.outOfFold(train.rows(), labels, l2, Cancellation.NEVER))
                .probabilities();
        int[] given = train.rows().labels().stream().mapToInt(labels::indexOf).toArray();
        List<ConfidentLearning.Finding> suspects = ConfidentLearning.findings(outOfFold, given);
        long found = suspects.stream().filter(one -> train.wrong()[one.row()]).count();
        long all =
                IntStream.range(0, given.length).filter(i -> train.wrong()[i]).count();
        Output.OUT.printf(
                "%7.2f %4d | %17.4f %9.4f %6.4f | %7.0f %.2f %9.4f %7.4f | %8d %14s %16s%n",
                share,
                seed,
                quality.getAccuracy(),
                quality.getLogLoss(),
                calibrationError(answers, labels, holdout.labels()),
                l2,
                calibration.temperature(),
                calibration.eceBefore(),
                calibration.eceAfter(),
                suspects.size(),
                all == 0 ? "" : String.format("%.3f", (double) found / all),
                all == 0 ? "" : String.format("%.3f", (double) found / suspects.size()));
        return quality.getAccuracy();
    }

    /** Over 15 equally wide bins of confidence, as the trainer's own. */
    private static double calibrationError(float[][] answers, List<String> labels, List<String> truth) {
        double[] surplus = new double[15];
        for (int row = 0; row < answers.length; row++) {
            int best = 0;
            for (int c = 1; c < answers[row].length; c++) {
                best = answers[row][c] > answers[row][best] ? c : best;
            }
            float confidence = answers[row][best];
            int right = labels.get(best).equals(truth.get(row)) ? 1 : 0;
            surplus[Math.min(surplus.length - 1, (int) (confidence * surplus.length))] += confidence - right;
        }
        double error = 0;
        for (double one : surplus) {
            error += Math.abs(one);
        }
        return error / answers.length;
    }
}
