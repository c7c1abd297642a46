package io.headwater.benchmarks.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.benchmarks.training.EmbeddedFolder;
import io.headwater.events.Split;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.backbone.QuantisedBackbone;
import io.headwater.trainer.evaluation.Answers;
import io.headwater.trainer.evaluation.MeanDifference;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.trainingset.LabelledRows;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An int8 backbone beside the float32 one that it is made of: how much faster, and what a head loses. */
@Command(
        name = "int8-backbone",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Quantises the bundled backbone with photographs of a folder, runs both in ONNX Runtime in"
                + " interleaved rounds over the same decoded pixels, then embeds all photographs with both, trains a head"
                + " on each (same split, same settings) and compares them on the same held-out photographs.")
public final class Int8Backbone implements Callable<Integer> {
    private static final double CONFIDENCE_95 = 1.96;
    private static final int PICTURES = 300;

    @Parameters(index = "0", description = "Directory with a folder of photographs for each class.")
    private Path directory;

    @Option(names = "--size", split = ",", defaultValue = "224,160", description = "Input sizes (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--threads", split = ",", defaultValue = "1,2", description = "Callers (${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Option(names = "--calibration", defaultValue = "256", description = "Photographs for it (${DEFAULT-VALUE}).")
    private int calibration;

    @Option(names = "--count", defaultValue = "1000", description = "Images per round (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds, after two to warm up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seeds", defaultValue = "3", description = "Trainings on each; 0: only speed (${DEFAULT-VALUE}).")
    private int seeds;

    private Int8Backbone() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        // Before anything logs.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(new CommandLine(new Int8Backbone()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        // DJL must be the first to make ONNX Runtime's environment.
        Engine.getEngine("OnnxRuntime");
        List<byte[]> jpegs = Photographs.of(directory, Math.max(PICTURES, calibration));
        Conditions.ofThisMachine()
                .with("ONNX Runtime", OrtEnvironment.getEnvironment().getVersion())
                .with("VNNI", Cpu.vnni())
                .with("photographs", jpegs.size() + ", of which to calibrate " + calibration)
                .with("rounds", rounds + " of " + count + " images")
                .print(Output.OUT);
        for (int size : sizes) {
            DecodedPhotographs decoded = new DecodedPhotographs(jpegs, size);
            BackboneFile fp32 = BackboneSource.openimages(size).acquire();
            // Spread over the folder, as the pictures are.
            List<ByteBuffer> pictures = IntStream.range(0, calibration)
                    .mapToObj(i -> decoded.get((int) ((long) i * jpegs.size() / calibration)))
                    .toList();
            long start = System.nanoTime();
            BackboneFile int8 = QuantisedBackbone.of(fp32, pictures);
            Output.OUT.printf(
                    "%d px: made in %.1f s, %d bytes instead of %d, id %s%n",
                    size, (System.nanoTime() - start) * 1e-9, int8.bytes().length, fp32.bytes().length, int8.id());
            for (int callers : threads) {
                compareSpeed(fp32, int8, jpegs, decoded, callers);
            }
            if (seeds > 0) {
                compareHeads(fp32, int8);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void compareSpeed(
            BackboneFile fp32, BackboneFile int8, List<byte[]> jpegs, DecodedPhotographs decoded, int callers)
            throws Exception {
        int size = fp32.inputSize();
        List<Measured> slow = new ArrayList<>();
        List<Measured> fast = new ArrayList<>();
        try (BareLoop first = new BareLoop(fp32.bytes(), jpegs, decoded, size, callers);
                BareLoop second = new BareLoop(int8.bytes(), jpegs, decoded, size, callers)) {
            for (int round = -2; round < rounds; round++) {
                Measured one = first.overPixels(count);
                Measured other = second.overPixels(count);
                if (round >= 0) {
                    slow.add(one);
                    fast.add(other);
                }
            }
        }
        Measured fp = Measured.median(slow);
        Measured in = Measured.median(fast);
        Output.OUT.printf(
                "%d px, %d caller(s): fp32 %.1f images/s (%.2f ms CPU), int8 %.1f images/s (%.2f ms CPU): %.2f times%n",
                size,
                callers,
                fp.imagesPerSecond(),
                fp.cpuMillis(),
                in.imagesPerSecond(),
                in.cpuMillis(),
                in.imagesPerSecond() / fp.imagesPerSecond());
    }

    private void compareHeads(BackboneFile fp32, BackboneFile int8) throws Exception {
        EmbeddedFolder first = EmbeddedFolder.of(directory, fp32);
        EmbeddedFolder second = EmbeddedFolder.of(directory, int8);
        LabelledRows holdout = first.rows(Split.HOLDOUT);
        Output.OUT.printf(
                "%d px: %d to learn from, %d held out, mean cosine of the embeddings %.5f%n",
                fp32.inputSize(),
                first.rows(Split.TRAIN).size(),
                holdout.size(),
                cosine(holdout, second.rows(Split.HOLDOUT)));
        for (int seed = 1; seed <= seeds; seed++) {
            Answers slow = answers(first, seed);
            Answers fast = answers(second, seed);
            MeanDifference right = MeanDifference.of(numbers(fast.right()), numbers(slow.right()));
            MeanDifference loss = MeanDifference.of(fast.losses(), slow.losses());
            Output.OUT.printf(
                    "%d px, seed %d: accuracy fp32 %.4f, int8 %.4f: %+.4f (95 %%: %+.4f to %+.4f);"
                            + " log loss %.4f, %.4f: %+.4f (%+.4f to %+.4f)%n",
                    fp32.inputSize(),
                    seed,
                    slow.quality().getAccuracy(),
                    fast.quality().getAccuracy(),
                    right.mean(),
                    right.mean() - CONFIDENCE_95 * right.standardError(),
                    right.mean() + CONFIDENCE_95 * right.standardError(),
                    slow.quality().getLogLoss(),
                    fast.quality().getLogLoss(),
                    loss.mean(),
                    loss.mean() - CONFIDENCE_95 * loss.standardError(),
                    loss.mean() + CONFIDENCE_95 * loss.standardError());
        }
    }

    private static Answers answers(EmbeddedFolder folder, int seed) {
        Hyperparameters defaults = Hyperparameters.DEFAULT;
        HeadTrainer trainer = new HeadTrainer(new Hyperparameters(
                defaults.hiddenUnits(),
                defaults.epochs(),
                defaults.minSteps(),
                defaults.batchSize(),
                defaults.learningRate(),
                defaults.l2Grid(),
                defaults.folds(),
                defaults.labelSmoothing(),
                defaults.patience(),
                defaults.seed() + seed));
        LabelledRows holdout = folder.rows(Split.HOLDOUT);
        HeadTrainer.Result result =
                trainer.train(folder.rows(Split.TRAIN), folder.labels(), Optional.empty(), Cancellation.NEVER);
        return new Answers(folder.labels(), result.trained().probabilities(holdout.embeddings()), holdout.labels());
    }

    private static double[] numbers(boolean[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] ? 1 : 0)
                .toArray();
    }

    private static double cosine(LabelledRows one, LabelledRows other) {
        double sum = 0;
        float[] first = new float[one.embeddings().dimension()];
        float[] second = new float[first.length];
        for (int row = 0; row < one.size(); row++) {
            one.embeddings().read(row, first, 0);
            other.embeddings().read(row, second, 0);
            double product = 0;
            double square = 0;
            double otherSquare = 0;
            for (int i = 0; i < first.length; i++) {
                product += first[i] * second[i];
                square += first[i] * first[i];
                otherSquare += second[i] * second[i];
            }
            sum += product / Math.sqrt(square * otherSquare);
        }
        return sum / one.size();
    }
}
