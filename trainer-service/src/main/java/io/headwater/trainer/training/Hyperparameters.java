package io.headwater.trainer.training;

import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a training.
 *
 * @param epochs times that every example is seen
 * @param minSteps steps that are made at least; a small training set is seen more often instead
 * @param batchSize examples per step
 * @param learningRate of Adam at the start; it falls to zero along a cosine
 * @param l2 strength of the L2 penalty: {@code l2 / 2n * |W|^2} is added to the mean loss of n examples
 * @param seed of the first weights and of the order of the examples
 */
public record Hyperparameters(int epochs, int minSteps, int batchSize, float learningRate, float l2, long seed) {

    /** What the trials on real photographs led to. */
    public static final Hyperparameters DEFAULT = new Hyperparameters(30, 300, 128, 0.002f, 50f, 42);

    /** Fails with a sentence when a number makes no sense. */
    public Hyperparameters {
        require(epochs >= 1, "epochs", epochs, "at least 1");
        require(minSteps >= 0, "min-steps", minSteps, "zero or more");
        require(batchSize >= 1, "batch-size", batchSize, "at least 1");
        require(learningRate > 0 && learningRate <= 1, "learning-rate", learningRate, "more than 0 and at most 1");
        require(l2 >= 0 && Float.isFinite(l2), "l2", l2, "zero or more");
    }

    /** Times that every one of {@code examples} is seen. */
    int epochsFor(int examples) {
        int stepsPerEpoch = stepsPerEpoch(examples);
        return Math.max(epochs, (minSteps + stepsPerEpoch - 1) / stepsPerEpoch);
    }

    int stepsPerEpoch(int examples) {
        return (examples + batchSize - 1) / batchSize;
    }

    /** For the record of a version. */
    public Map<String, String> describe() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("epochs", Integer.toString(epochs));
        settings.put("min-steps", Integer.toString(minSteps));
        settings.put("batch-size", Integer.toString(batchSize));
        settings.put("learning-rate", Float.toString(learningRate));
        settings.put("l2", Float.toString(l2));
        settings.put("seed", Long.toString(seed));
        settings.put("optimizer", "adam");
        settings.put("class-weights", "balanced, at most " + ClassWeights.CAP);
        return settings;
    }

    private static void require(boolean holds, String key, Object value, String bounds) {
        if (!holds) {
            throw new IllegalArgumentException("headwater.training." + key + " is " + value + ", but must be " + bounds
                    + "; the default is right for most photographs");
        }
    }
}
