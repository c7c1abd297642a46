package io.headwater.trainer.training;

import java.util.stream.Stream;

/** What a training minimises, in double: the mean cross-entropy of weighted, smoothed labels, and the L2 penalty. */
final class Objective {
    private Objective() {}

    /**
     * The value of it.
     *
     * @param logits what the head says to the examples: {@code [N][C]}
     * @param rows their numbers
     */
    static double of(Head head, float[][] logits, int[] rows, TrainingPart part, Hyperparameters settings, float l2) {
        double loss = 0;
        double smoothing = settings.labelSmoothing();
        for (int i = 0; i < rows.length; i++) {
            float[] z = logits[i];
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (float one : z) {
                largest = Math.max(largest, one);
                sum += one;
            }
            double total = 0;
            for (float one : z) {
                total += Math.exp(one - largest);
            }
            double expected = (1 - smoothing) * z[part.targets()[rows[i]]] + smoothing * sum / z.length;
            loss += part.weights()[rows[i]] * (Math.log(total) + largest - expected);
        }
        double squares = Stream.concat(head.hidden().stream(), Stream.of(head.output()))
                .mapToDouble(Objective::squares)
                .sum();
        return (loss + l2 / 2 * squares) / rows.length;
    }

    private static double squares(Layer layer) {
        double squares = 0;
        for (float weight : layer.weights()) {
            squares += (double) weight * weight;
        }
        return squares;
    }
}
