package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * Adam (Kingma and Ba, 2015) on one parameter, its learning rate falling from the first to zero along a half cosine.
 * DJL's own optimiser does the same step but leaves its state outside of any manager, where nobody frees it.
 */
final class Adam {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final NDArray parameter;
    private final NDArray mean;
    private final NDArray variance;
    private final float learningRate;
    private final int steps;
    private int done;

    /**
     * @param manager owns the state
     * @param parameter is changed in place
     * @param learningRate of the first step
     * @param steps that will be made
     */
    Adam(NDManager manager, NDArray parameter, float learningRate, int steps) {
        this.parameter = parameter;
        this.mean = manager.zeros(parameter.getShape());
        this.variance = manager.zeros(parameter.getShape());
        this.learningRate = learningRate;
        this.steps = steps;
    }

    void step(NDArray gradient) {
        double rate = learningRate * 0.5 * (1 + Math.cos(Math.PI * done / steps));
        done++;
        double correction = Math.sqrt(1 - Math.pow(BETA2, done)) / (1 - Math.pow(BETA1, done));
        parameter
                .getNDArrayInternal()
                .adamUpdate(
                        new NDList(parameter, gradient, mean, variance),
                        new NDList(parameter),
                        (float) rate,
                        (float) (rate * correction),
                        0,
                        1,
                        -1,
                        BETA1,
                        BETA2,
                        EPSILON,
                        false,
                        false);
    }
}
