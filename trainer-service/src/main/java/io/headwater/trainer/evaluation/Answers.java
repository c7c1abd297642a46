package io.headwater.trainer.evaluation;

import io.headwater.events.Quality;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A model's probabilities of N examples beside their true labels. A true label that the model doesn't know is answered wrong. */
public final class Answers {
    /** A label that was given less probability than this counts as if it had been given this much. */
    static final double LEAST_PROBABILITY = 1e-15;

    private final List<String> labels;
    private final float[][] probabilities;
    private final int[] truth;
    private final int[] best;

    /**
     * @param labels C class names of the model, in the order of its probabilities
     * @param probabilities {@code [N][C]}
     * @param truth N true class names
     */
    public Answers(List<String> labels, float[][] probabilities, List<String> truth) {
        if (probabilities.length != truth.size()) {
            throw new IllegalArgumentException(
                    probabilities.length + " answers can't be measured against " + truth.size() + " labels");
        }
        this.labels = List.copyOf(labels);
        this.probabilities = probabilities;
        this.truth = truth.stream().mapToInt(labels::indexOf).toArray();
        this.best = Arrays.stream(probabilities).mapToInt(Answers::largest).toArray();
    }

    private Answers(Answers all, int[] examples) {
        labels = all.labels;
        probabilities = Arrays.stream(examples)
                .mapToObj(example -> all.probabilities[example])
                .toArray(float[][]::new);
        truth = Arrays.stream(examples).map(example -> all.truth[example]).toArray();
        best = Arrays.stream(examples).map(example -> all.best[example]).toArray();
    }

    /** Those to some of the examples. */
    Answers only(int[] examples) {
        return new Answers(this, examples);
    }

    /** N. */
    public int size() {
        return truth.length;
    }

    /** C class names. */
    public List<String> labels() {
        return labels;
    }

    /** Place of the true label among {@link #labels()}; -1 if the model doesn't know it. */
    int truth(int example) {
        return truth[example];
    }

    /** Place of the most probable label; of several the first. */
    int best(int example) {
        return best[example];
    }

    /** Probability of the most probable label. */
    double confidence(int example) {
        return probabilities[example][best[example]];
    }

    /** For each example whether its most probable label is the true one. */
    public boolean[] right() {
        boolean[] right = new boolean[size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = best[i] == truth[i];
        }
        return right;
    }

    /** Labels that are more probable than the true one, or equally and before it; C if the model doesn't know it. */
    int rank(int example) {
        int target = truth[example];
        float[] row = probabilities[example];
        if (target < 0) {
            return row.length;
        }
        int rank = 0;
        for (int c = 0; c < row.length; c++) {
            rank += row[c] > row[target] || row[c] == row[target] && c < target ? 1 : 0;
        }
        return rank;
    }

    /** For each example the negative logarithm of the probability of its true label, nats; at most 34.5. */
    public double[] losses() {
        return IntStream.range(0, size())
                .mapToDouble(i -> -Math.log(Math.max(LEAST_PROBABILITY, truth[i] < 0 ? 0 : probabilities[i][truth[i]])))
                .toArray();
    }

    /**
     * Accuracy and mean log loss.
     *
     * @throws IllegalArgumentException if there is no example
     */
    public Quality quality() {
        if (size() == 0) {
            throw new IllegalArgumentException("nothing can be measured without an example");
        }
        int right = 0;
        for (boolean answer : right()) {
            right += answer ? 1 : 0;
        }
        return new Quality(
                (double) right / size(), Arrays.stream(losses()).average().orElseThrow());
    }

    private static int largest(float[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            best = row[c] > row[best] ? c : best;
        }
        return best;
    }
}
