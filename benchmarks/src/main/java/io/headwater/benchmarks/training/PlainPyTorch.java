package io.headwater.benchmarks.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** The same training as plain matrix products in PyTorch: gradients by hand, nothing around them. */
final class PlainPyTorch {
    private PlainPyTorch() {}

    /** Trains on standardised rows and returns the weights. */
    static float[] train(float[] rows, int[] targets, Task task) {
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
            NDArray inputs = manager.create(rows, new Shape(task.examples(), task.dimension()));
            float[] oneHot = new float[task.examples() * task.classes()];
            for (int i = 0; i < targets.length; i++) {
                oneHot[i * task.classes() + targets[i]] = 1;
            }
            NDArray truth = manager.create(oneHot, new Shape(task.examples(), task.classes()));
            NDArray weights = manager.zeros(new Shape(task.dimension(), task.classes()));
            NDArray bias = manager.zeros(new Shape(task.classes()));
            NDArray weightMean = manager.zeros(weights.getShape());
            NDArray weightVariance = manager.zeros(weights.getShape());
            NDArray biasMean = manager.zeros(bias.getShape());
            NDArray biasVariance = manager.zeros(bias.getShape());
            int done = 0;
            for (int[] batch : task.batches()) {
                try (NDManager step = manager.newSubManager()) {
                    NDIndex index = new NDIndex("{}", step.create(batch));
                    NDArray x = inputs.get(step, index);
                    NDArray y = truth.get(step, index);
                    NDArray error =
                            x.matMul(weights).addi(bias).softmax(1).subi(y).divi(batch.length);
                    NDArray penalty = weights.mul(task.penalty());
                    penalty.attach(step);
                    NDArray slope = x.transpose().matMul(error).addi(penalty);
                    float rate = task.rate(done);
                    float corrected = task.correctedRate(done);
                    done++;
                    adam(weights, slope, weightMean, weightVariance, rate, corrected);
                    adam(bias, error.sum(new int[] {0}), biasMean, biasVariance, rate, corrected);
                }
            }
            return Arrays.copyOf(weights.toFloatArray(), task.dimension() * task.classes());
        }
    }

    private static void adam(
            NDArray parameter, NDArray slope, NDArray mean, NDArray variance, float rate, float corrected) {
        parameter
                .getNDArrayInternal()
                .adamUpdate(
                        new NDList(parameter, slope, mean, variance),
                        new NDList(parameter),
                        rate,
                        corrected,
                        0,
                        1,
                        -1,
                        Task.BETA1,
                        Task.BETA2,
                        Task.EPSILON,
                        false,
                        false);
    }
}
