package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/** {@code x W + b}: the gradient is {@code x^T error}. */
final class LinearStack extends HeadStack {
    private final int heads;
    private final int dimension;
    private final int classes;
    private final Parameter weights;
    private final Parameter bias;

    LinearStack(NDManager manager, List<Head> starts, float[] penalties, float learningRate, int steps) {
        heads = starts.size();
        dimension = starts.get(0).dimension();
        classes = starts.get(0).classes();
        List<Layer> layers = starts.stream().map(Head::output).toList();
        float[] factors = new float[heads * classes];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = penalties[i / classes];
        }
        weights = new Parameter(
                manager,
                beside(layers.stream().map(Layer::weights).toList(), dimension),
                new Shape(dimension, factors.length),
                manager.create(factors),
                learningRate,
                steps);
        bias = new Parameter(
                manager,
                beside(layers.stream().map(Layer::bias).toList(), 1),
                new Shape(factors.length),
                manager.zeros(new Shape(1)),
                learningRate,
                steps);
    }

    @Override
    NDArray logits(NDManager step, NDArray x) {
        return x.matMul(weights.values()).addi(bias.values()).reshape(-1, heads, classes);
    }

    @Override
    void descend(NDManager step, NDArray x, NDArray error) {
        NDArray flat = error.reshape(-1, (long) heads * classes);
        weights.descend(step, x.transpose().matMul(flat));
        bias.descend(step, flat.sum(new int[] {0}));
    }

    @Override
    Head head(int number) {
        return new Head(
                Optional.empty(),
                new Layer(
                        dimension,
                        part(weights.values().toFloatArray(), dimension, classes, number),
                        part(bias.values().toFloatArray(), 1, classes, number)));
    }

    @Override
    void keep() {
        weights.keep();
        bias.keep();
    }

    @Override
    void restore() {
        weights.restore();
        bias.restore();
    }
}
