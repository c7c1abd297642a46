package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.headwater.trainer.trainingset.EmbeddingRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A head as PyTorch holds it: on standardised embeddings. */
public final class TrainedHead {
    private static final int ROWS_AT_ONCE = 512;
    private static final float[] NO_PENALTY = {0};

    private final List<String> labels;
    private final Standardisation standardisation;
    private final Head head;

    /**
     * @param head on standardised embeddings, its temperature folded into it
     */
    TrainedHead(List<String> labels, Standardisation standardisation, Head head) {
        this.labels = List.copyOf(labels);
        this.standardisation = standardisation;
        this.head = head;
    }

    /** Class names, in the order of the probabilities. */
    public List<String> labels() {
        return labels;
    }

    /** The same head for embeddings as they are, the standardisation folded into it. */
    public Head folded() {
        return head.hidden()
                .map(hidden -> new Head(Optional.of(standardisation.fold(hidden)), head.output()))
                .orElseGet(() -> new Head(head.hidden(), standardisation.fold(head.output())));
    }

    /** PyTorch's own probabilities of embeddings as they are: {@code [N][C]}. */
    public float[][] probabilities(EmbeddingRows embeddings) {
        float[][] probabilities = new float[embeddings.rows()][];
        int[] all = IntStream.range(0, probabilities.length).toArray();
        int classes = labels.size();
        try (NDManager manager = PyTorch.newManager()) {
            HeadStack stack = HeadStack.of(manager, List.of(head), NO_PENALTY, 0, 0);
            Minibatch minibatch = new Minibatch(
                    manager, embeddings, standardisation, Math.min(ROWS_AT_ONCE, Math.max(1, probabilities.length)));
            for (int from = 0; from < probabilities.length; from += ROWS_AT_ONCE) {
                int to = Math.min(probabilities.length, from + ROWS_AT_ONCE);
                try (NDManager step = manager.newSubManager()) {
                    NDArray x = minibatch.gather(step, all, from, to);
                    float[] flat = stack.logits(step, x).softmax(2).toFloatArray();
                    for (int row = from; row < to; row++) {
                        probabilities[row] =
                                Arrays.copyOfRange(flat, (row - from) * classes, (row - from + 1) * classes);
                    }
                }
            }
        }
        return probabilities;
    }
}
