package io.headwater.trainer.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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

    /** Times that every example is seen in a training. */
    @WithDefault("30")
    int epochs();

    /** Steps that a training makes at least: a small training set is seen more often instead. */
    @WithDefault("300")
    int minSteps();

    /** Examples per step. */
    @WithDefault("128")
    int batchSize();

    /** Learning rate of Adam at the start; it falls to zero along a cosine. */
    @WithDefault("0.002")
    float learningRate();

    /** L2 penalty: {@code l2 / 2n * |W|^2} is added to the mean loss of n examples. */
    @WithDefault("50")
    float l2();

    /** Seed of the first weights and of the order of the examples. */
    @WithDefault("42")
    long seed();

    /** The settings of a training. */
    default Hyperparameters hyperparameters() {
        return new Hyperparameters(epochs(), minSteps(), batchSize(), learningRate(), l2(), seed());
    }

    /** When trainings start. */
    default TrainingPolicy policy() {
        return new TrainingPolicy(minNewLabels(), maxLabelAge(), minExamplesPerClass(), cooldown());
    }
}
