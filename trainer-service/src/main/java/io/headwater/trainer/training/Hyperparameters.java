package io.headwater.trainer.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings of a training.
 *
 * @param hiddenUnits units of the hidden layer; 0: there is none
 * @param epochs times that every example is seen at most
 * @param minSteps steps that are made at least, if nothing stops them early; a small training set is seen more often
 *     instead
 * @param batchSize examples per step at most
 * @param learningRate of Adam at the start; it falls to zero along a cosine
 * @param l2Grid strengths of the L2 penalty to choose from: {@code l2 / 2n * |W|^2} is added to the mean loss of n
 *     examples
 * @param folds of the cross-validation
 * @param labelSmoothing share of each label that is spread over all classes
 * @param patience windows (see {@link #stepsPerWindow}) without a better loss after which a training stops
 * @param seed of the first weights, the folds and the order of the examples
 */
public record Hyperparameters(
        int hiddenUnits,
        int epochs,
        int minSteps,
        int batchSize,
        float learningRate,
        List<Float> l2Grid,
        int folds,
        float labelSmoothing,
        int patience,
        long seed) {

    /** What the trials on real photographs led to. */
    public static final Hyperparameters DEFAULT =
            new Hyperparameters(0, 10, 300, 128, 0.004f, List.of(10f, 30f, 100f, 300f, 1000f), 5, 0.4f, 3, 42);

    /**
     * Examples up to which all are answered out of fold, and all are learnt from; above it, this many serve to choose the
     * penalty, and a part is set aside.
     */
    static final int CROSS_VALIDATED = 2_000;

    private static final int FEW_FOLDS = 3;

    /** Shorter windows would see too little of the loss. */
    private static final int LEAST_WINDOW = 25;

    /** Fails with a sentence when a number makes no sense. */
    public Hyperparameters {
        l2Grid = l2Grid.stream().sorted().distinct().toList();
        require(hiddenUnits >= 0, "hidden-units", hiddenUnits, "zero or more");
        require(epochs >= 1, "epochs", epochs, "at least 1");
        require(minSteps >= 0, "min-steps", minSteps, "zero or more");
        require(batchSize >= 1, "batch-size", batchSize, "at least 1");
        require(learningRate > 0 && learningRate <= 1, "learning-rate", learningRate, "more than 0 and at most 1");
        require(!l2Grid.isEmpty(), "l2-grid", l2Grid, "at least one number");
        require(l2Grid.stream().allMatch(l2 -> l2 >= 0 && Float.isFinite(l2)), "l2-grid", l2Grid, "zero or more");
        require(folds >= 2, "folds", folds, "at least 2");
        require(
                labelSmoothing >= 0 && labelSmoothing < 1,
                "label-smoothing",
                labelSmoothing,
                "zero or more, and less than 1");
        require(patience >= 1, "patience", patience, "at least 1");
    }

    /** The same with nothing to choose. */
    Hyperparameters withL2(float l2) {
        return with(List.of(l2), folds);
    }

    /** The same with few folds: enough to choose a penalty, when nobody needs the answers. */
    Hyperparameters withFewFolds() {
        return with(l2Grid, Math.min(FEW_FOLDS, folds));
    }

    private Hyperparameters with(List<Float> grid, int otherFolds) {
        return new Hyperparameters(
                hiddenUnits,
                epochs,
                minSteps,
                batchSize,
                learningRate,
                grid,
                otherFolds,
                labelSmoothing,
                patience,
                seed);
    }

    int stepsPerEpoch(int examples) {
        return (examples + batchSize - 1) / batchSize;
    }

    /** Steps after which somebody looks whether it is enough: an epoch, or a few of a small training set. */
    int stepsPerWindow(int examples) {
        int epoch = stepsPerEpoch(examples);
        return epoch * Math.max(1, (LEAST_WINDOW + epoch - 1) / epoch);
    }

    /** Windows of a training that nothing stops early. */
    int windows(int examples) {
        int steps = Math.max(minSteps, epochs * stepsPerEpoch(examples));
        int window = stepsPerWindow(examples);
        return (steps + window - 1) / window;
    }

    /** Steps of a training that nothing stops early. */
    int steps(int examples) {
        return windows(examples) * stepsPerWindow(examples);
    }

    /** Times that every one of {@code examples} is seen in so many windows. */
    int epochsIn(int windows, int examples) {
        return windows * stepsPerWindow(examples) / stepsPerEpoch(examples);
    }

    /** For the record of a version. */
    public Map<String, String> describe() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("hidden-units", Integer.toString(hiddenUnits));
        settings.put("epochs", Integer.toString(epochs));
        settings.put("min-steps", Integer.toString(minSteps));
        settings.put("batch-size", Integer.toString(batchSize));
        settings.put("learning-rate", Float.toString(learningRate));
        settings.put("l2-grid", l2Grid.stream().map(String::valueOf).collect(Collectors.joining(",")));
        settings.put("folds", Integer.toString(folds));
        settings.put("label-smoothing", Float.toString(labelSmoothing));
        settings.put("patience", Integer.toString(patience));
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
