package io.headwater.trainer.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** When and how heads are trained. */
@ConfigMapping(prefix = "headwater.training")
public interface TrainingConfig {
    /** Labels that have come since the last training at which the next one starts. */
    @WithDefault("50")
    int minNewLabels();

    /** Time that a new label waits at most until a training starts. */
    @WithDefault("30s")
    Duration maxLabelAge();

    /** Examples to learn from that a class must have to be learnt; at least two classes must have them. */
    @WithDefault("5")
    int minExamplesPerClass();

    /** Time between the end of a training and the next one that starts by itself. */
    @WithDefault("5s")
    Duration cooldown();

    /**
     * Time that an embedding is kept without a label, and after which a label without an image is late. A label that comes
     * later than this after its image makes no example.
     */
    @WithDefault("30d")
    Duration labelWindow();

    /** Units of a hidden layer; 0: the head is linear. */
    @WithDefault("0")
    int hiddenUnits();

    /** Times that every example is seen in a training at most. */
    @WithDefault("10")
    int epochs();

    /** Steps that a training makes at least, if nothing stops it early: a small training set is seen more often instead. */
    @WithDefault("300")
    int minSteps();

    /** Examples per step at most. */
    @WithDefault("128")
    int batchSize();

    /** Learning rate of Adam at the start; it falls to zero along a cosine. */
    @WithDefault("0.004")
    float learningRate();

    /** L2 penalties to choose from: {@code l2 / 2n * |W|^2} is added to the mean loss of n examples. */
    @WithDefault("10,30,100,300,1000")
    List<Float> l2Grid();

    /** Folds of the cross-validation that chooses the penalty. */
    @WithDefault("5")
    int folds();

    /** Share of each label that is spread over all classes. */
    @WithDefault("0.4")
    float labelSmoothing();

    /** Windows (an epoch, at least 25 steps) without a better loss after which a training stops. */
    @WithDefault("3")
    int patience();

    /** Seed of the first weights, the folds and the order of the examples. */
    @WithDefault("42")
    long seed();

    /** The settings of a training. */
    default Hyperparameters hyperparameters() {
        return new Hyperparameters(
                hiddenUnits(),
                epochs(),
                minSteps(),
                batchSize(),
                learningRate(),
                l2Grid(),
                folds(),
                labelSmoothing(),
                patience(),
                seed());
    }

    /** When trainings start. */
    default TrainingPolicy policy() {
        return new TrainingPolicy(minNewLabels(), maxLabelAge(), minExamplesPerClass(), cooldown());
    }
}
