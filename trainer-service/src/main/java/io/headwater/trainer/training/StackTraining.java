package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The loop: shuffled mini-batches, softmax, cross-entropy with class weights and label smoothing, one step for all heads
 * of a stack. It goes on in windows, after which somebody looks. What it does depends on nothing but its arguments.
 */
final class StackTraining implements AutoCloseable {
    /** The buffer comes back only when Java collects its garbage, so it is no larger than it must be. */
    private static final int ROWS_AT_ONCE = 128;

    private static final double LEAST_PROBABILITY = 1e-15;

    private final NDManager manager = PyTorch.newManager();
    private final TrainingPart part;
    private final int[] order;
    private final int[] folds;
    private final List<Contender> contenders;
    private final Hyperparameters settings;
    private final Cancellation cancellation;
    private final HeadStack stack;
    private final Minibatch minibatch;
    private final Random random;
    private final double[] heldOutLoss;
    private final long[] heldOut;
    private final long[] learntFrom;
    private int batch;

    /**
     * A head that is trained.
     *
     * @param start where it starts, on standardised embeddings
     * @param l2 strength of its penalty
     * @param withoutFold it does not learn from the examples of this fold; {@link #ALL_FOLDS}: from all
     */
    record Contender(Head start, float l2, int withoutFold) {}

    static final int ALL_FOLDS = -1;

    /**
     * @param rows numbers of the rows that are learnt from
     * @param folds the fold of every row of the part, if any contender leaves one out
     */
    StackTraining(
            TrainingPart part,
            int[] rows,
            int[] folds,
            List<Contender> contenders,
            Hyperparameters settings,
            Cancellation cancellation) {
        this.part = part;
        this.order = rows.clone();
        this.folds = folds;
        this.contenders = List.copyOf(contenders);
        this.settings = settings;
        this.cancellation = cancellation;
        random = new Random(settings.seed());
        heldOutLoss = new double[contenders.size()];
        heldOut = new long[contenders.size()];
        learntFrom = contenders.stream().mapToLong(this::learntFrom).toArray();
        float[] penalties = new float[contenders.size()];
        for (int m = 0; m < penalties.length; m++) {
            penalties[m] = contenders.get(m).l2() / learntFrom[m];
        }
        stack = HeadStack.of(
                manager,
                contenders.stream().map(Contender::start).toList(),
                penalties,
                settings.learningRate(),
                settings.steps(rows.length));
        minibatch = new Minibatch(
                manager, part.embeddings(), part.standardisation(), Math.max(ROWS_AT_ONCE, settings.batchSize()));
    }

    HeadStack stack() {
        return stack;
    }

    /**
     * Makes one window of steps.
     *
     * @throws TrainingCancelledException if it was cancelled
     */
    void advance() {
        Arrays.fill(heldOutLoss, 0);
        Arrays.fill(heldOut, 0);
        int batches = settings.stepsPerEpoch(order.length);
        for (int step = 0; step < settings.stepsPerWindow(order.length); step++) {
            cancellation.check();
            if (batch == 0) {
                shuffle();
            }
            int from = (int) ((long) order.length * batch / batches);
            int to = (int) ((long) order.length * (batch + 1) / batches);
            learn(from, to);
            batch = (batch + 1) % batches;
        }
    }

    /**
     * Mean loss of each contender on the examples that it does not learn from, while the last window went by: what the
     * heads said to them before each step. Not-a-number where there was none.
     */
    double heldOutLoss(int contender) {
        return heldOutLoss[contender] / heldOut[contender];
    }

    /** What the heads say to these rows before the softmax: {@code [rows][M * C]}. */
    float[][] logits(int[] rows) {
        float[][] logits = new float[rows.length][];
        for (int from = 0; from < rows.length; from += ROWS_AT_ONCE) {
            cancellation.check();
            int to = Math.min(rows.length, from + ROWS_AT_ONCE);
            try (NDManager step = manager.newSubManager()) {
                float[] flat = stack.logits(step, minibatch.gather(step, rows, from, to))
                        .toFloatArray();
                int width = flat.length / (to - from);
                for (int i = from; i < to; i++) {
                    logits[i] = Arrays.copyOfRange(flat, (i - from) * width, (i - from + 1) * width);
                }
            }
        }
        return logits;
    }

    private void learn(int from, int to) {
        int rows = to - from;
        int heads = contenders.size();
        int classes = part.classes();
        float[] truth = new float[rows * classes];
        float[] importance = new float[rows * heads];
        float spread = settings.labelSmoothing() / classes;
        Arrays.fill(truth, spread);
        for (int i = 0; i < rows; i++) {
            int row = order[from + i];
            truth[i * classes + part.targets()[row]] += 1 - settings.labelSmoothing();
            float weight = part.weights()[row] / rows;
            for (int m = 0; m < heads; m++) {
                if (learnsFrom(contenders.get(m), row)) {
                    importance[i * heads + m] = weight * order.length / learntFrom[m];
                }
            }
        }
        try (NDManager step = manager.newSubManager()) {
            NDArray x = minibatch.gather(step, order, from, to);
            NDArray probabilities = stack.logits(step, x).softmax(2);
            if (folds.length > 0) {
                listen(probabilities.toFloatArray(), from, to);
            }
            NDArray error = probabilities
                    .subi(step.create(truth, new Shape(rows, 1, classes)))
                    .muli(step.create(importance, new Shape(rows, heads, 1)));
            stack.descend(step, x, error);
        }
    }

    private void listen(float[] probabilities, int from, int to) {
        int heads = contenders.size();
        for (int i = from; i < to; i++) {
            int row = order[i];
            for (int m = 0; m < heads; m++) {
                if (!learnsFrom(contenders.get(m), row)) {
                    int at = ((i - from) * heads + m) * part.classes() + part.targets()[row];
                    heldOutLoss[m] -= Math.log(Math.max(LEAST_PROBABILITY, probabilities[at]));
                    heldOut[m]++;
                }
            }
        }
    }

    private boolean learnsFrom(Contender contender, int row) {
        return contender.withoutFold() == ALL_FOLDS || folds[row] != contender.withoutFold();
    }

    private long learntFrom(Contender contender) {
        long rows = contender.withoutFold() == ALL_FOLDS
                ? order.length
                : Arrays.stream(order).filter(row -> learnsFrom(contender, row)).count();
        return Math.max(1, rows);
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
