package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.headwater.trainer.trainingset.EmbeddingRows;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Trains the linear softmax head with PyTorch: Adam on mini-batches of standardised embeddings, cross-entropy with class
 * weights, L2 on the weights but not on the bias. Same rows in the same order, same settings: same head, bit for bit.
 */
public final class HeadTrainer {
    private static final float FIRST_WEIGHTS = 0.001f;
    private static final int OUT_OF_FOLD_ROWS = 2_000;
    private static final int FOLDS = 4;

    private final Hyperparameters settings;

    /** A trainer with these settings. */
    public HeadTrainer(Hyperparameters settings) {
        this.settings = settings;
    }

    /**
     * What a training gives.
     *
     * @param initial the head before the first step
     * @param trained the head after the last
     * @param outOfFold answers to the training part by heads that were trained without the example; empty where there are
     *     too many examples for it to be cheap
     * @param summary how it came about
     */
    public record Result(
            TrainedHead initial, TrainedHead trained, Optional<OutOfFold> outOfFold, TrainingSummary summary) {}

    /**
     * Trains a head that tells {@code labels} apart.
     *
     * @param rows the training part; each of its labels is among {@code labels}
     * @param labels class names, in the order of the probabilities
     * @param stable the head that serves now, if one does
     * @param cancellation asked in every step
     * @throws TrainingCancelledException if it was cancelled
     */
    public Result train(
            LabelledRows rows, List<String> labels, Optional<StartingPoint> stable, Cancellation cancellation) {
        long start = System.nanoTime();
        Standardisation standardisation = Standardisation.of(rows.embeddings());
        int dimension = rows.embeddings().dimension();
        float[] first = firstWeights(dimension * labels.size());
        TrainedHead initial = new TrainedHead(labels, standardisation, first, new float[labels.size()]);
        try (NDManager manager = PyTorch.newManager()) {
            NDArray inputs = standardised(manager, rows.embeddings(), standardisation);
            int[] targets = rows.labels().stream().mapToInt(labels::indexOf).toArray();
            int[] all = IntStream.range(0, targets.length).toArray();
            NDList parameters = fit(manager, inputs, targets, all, first, cancellation);
            TrainedHead trained = new TrainedHead(
                    labels,
                    standardisation,
                    parameters.get(0).toFloatArray(),
                    parameters.get(1).toFloatArray());
            Optional<OutOfFold> outOfFold = Optional.of(targets)
                    .filter(known -> known.length <= OUT_OF_FOLD_ROWS)
                    .map(known -> new OutOfFold(labels, outOfFold(manager, inputs, known, first, cancellation)));
            TrainingSummary summary = new TrainingSummary(
                    settings.describe(),
                    TrainingSummary.Start.COLD,
                    settings.l2(),
                    settings.epochsFor(rows.size()),
                    Optional.empty(),
                    Map.of("training", (System.nanoTime() - start) / 1_000_000));
            return new Result(initial, trained, outOfFold, summary);
        }
    }

    private float[][] outOfFold(
            NDManager manager, NDArray inputs, int[] targets, float[] first, Cancellation cancellation) {
        int classes = first.length / (int) inputs.getShape().get(1);
        int[] folds = folds(targets, classes);
        float[][] answers = new float[targets.length][];
        for (int number = 0; number < FOLDS; number++) {
            int fold = number;
            int[] others = rowsWhere(row -> folds[row] != fold, folds.length);
            int[] held = rowsWhere(row -> folds[row] == fold, folds.length);
            if (held.length > 0) {
                try (NDManager training = manager.newSubManager()) {
                    NDList parameters = fit(training, inputs, targets, others, first, cancellation);
                    NDArray x = inputs.get(training, new NDIndex("{}", training.create(held)));
                    float[] flat = x.matMul(owned(training, parameters.get(0).stopGradient()))
                            .addi(owned(training, parameters.get(1).stopGradient()))
                            .softmax(1)
                            .toFloatArray();
                    for (int i = 0; i < held.length; i++) {
                        answers[held[i]] = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
                    }
                }
            }
        }
        return answers;
    }

    /** Deals the examples of each class out in turn, so that every fold has its share of each. */
    private static int[] folds(int[] targets, int classes) {
        int[] next = new int[classes];
        int[] folds = new int[targets.length];
        for (int row = 0; row < folds.length; row++) {
            folds[row] = (targets[row] + next[targets[row]]++) % FOLDS;
        }
        return folds;
    }

    private static int[] rowsWhere(IntPredicate holds, int rows) {
        return IntStream.range(0, rows).filter(holds).toArray();
    }

    /** Weights and bias of a head that was trained on these of the rows. */
    private NDList fit(
            NDManager manager, NDArray inputs, int[] targets, int[] rows, float[] first, Cancellation cancellation) {
        int dimension = (int) inputs.getShape().get(1);
        int classes = first.length / dimension;
        NDArray weights = manager.create(first, new Shape(dimension, classes));
        NDArray bias = manager.zeros(new Shape(classes));
        NDArray x = inputs.get(manager, new NDIndex("{}", manager.create(rows)));
        int[] theirs = Arrays.stream(rows).map(row -> targets[row]).toArray();
        descend(manager, x, targets(manager, theirs, classes), weights, bias, cancellation);
        return new NDList(weights, bias);
    }

    private void descend(
            NDManager manager,
            NDArray inputs,
            NDArray targets,
            NDArray weights,
            NDArray bias,
            Cancellation cancellation) {
        weights.setRequiresGradient(true);
        bias.setRequiresGradient(true);
        int examples = (int) inputs.getShape().get(0);
        int epochs = settings.epochsFor(examples);
        int steps = epochs * settings.stepsPerEpoch(examples);
        float penalty = settings.l2() / examples;
        Adam weightAdam = new Adam(manager, weights, settings.learningRate(), steps);
        Adam biasAdam = new Adam(manager, bias, settings.learningRate(), steps);
        Random random = new Random(settings.seed());
        int[] order = IntStream.range(0, examples).toArray();
        for (int epoch = 0; epoch < epochs; epoch++) {
            shuffle(order, random);
            for (int from = 0; from < examples; from += settings.batchSize()) {
                cancellation.check();
                int[] batch = Arrays.copyOfRange(order, from, Math.min(from + settings.batchSize(), examples));
                try (NDManager step = manager.newSubManager()) {
                    NDIndex rows = new NDIndex("{}", step.create(batch));
                    differentiate(inputs.get(step, rows), targets.get(step, rows), weights, bias);
                    NDArray slope = owned(step, weights.getGradient());
                    slope.addi(owned(step, owned(step, weights.stopGradient()).mul(penalty)));
                    weightAdam.step(slope);
                    biasAdam.step(owned(step, bias.getGradient()));
                }
            }
        }
    }

    private static void differentiate(NDArray x, NDArray y, NDArray weights, NDArray bias) {
        long examples = x.getShape().get(0);
        try (GradientCollector collector = PyTorch.engine().newGradientCollector()) {
            NDArray logits = x.matMul(weights).add(bias);
            collector.backward(y.mul(logits.logSoftmax(1)).sum().mul(-1f / examples));
        }
    }

    /** What comes from a parameter belongs to the parameter's manager; only that of this step is closed after it. */
    private static NDArray owned(NDManager step, NDArray array) {
        array.attach(step);
        return array;
    }

    private static NDArray standardised(NDManager manager, EmbeddingRows embeddings, Standardisation standardisation) {
        NDList parts = new NDList();
        int rowsAtOnce = 1024;
        int dimension = embeddings.dimension();
        try (NDManager building = manager.newSubManager()) {
            for (int from = 0; from < embeddings.rows(); from += rowsAtOnce) {
                int rows = Math.min(rowsAtOnce, embeddings.rows() - from);
                float[] values = new float[rows * dimension];
                for (int row = 0; row < rows; row++) {
                    embeddings.read(from + row, values, row * dimension);
                    standardisation.apply(values, row * dimension);
                }
                parts.add(building.create(values, new Shape(rows, dimension)));
            }
            NDArray whole = NDArrays.concat(parts, 0);
            whole.attach(manager);
            return whole;
        }
    }

    /** One row per example, zero but for the weight of its class at its class. */
    private static NDArray targets(NDManager manager, int[] targets, int classes) {
        float[] classWeights = ClassWeights.balanced(targets, classes);
        float[] weighted = new float[targets.length * classes];
        for (int i = 0; i < targets.length; i++) {
            weighted[i * classes + targets[i]] = classWeights[targets[i]];
        }
        return manager.create(weighted, new Shape(targets.length, classes));
    }

    private float[] firstWeights(int size) {
        Random random = new Random(settings.seed());
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = (float) (random.nextGaussian() * FIRST_WEIGHTS);
        }
        return weights;
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }
}
