package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/** {@code relu(x V + a) W + b}, by backpropagation: the first product serves all heads, the second is one of each. */
final class HiddenStack extends HeadStack {
    private final int heads;
    private final int dimension;
    private final int units;
    private final int classes;
    private final Parameter hiddenWeights;
    private final Parameter hiddenBias;
    private final Parameter weights;
    private final Parameter bias;
    /** Of the last batch: {@code [B, M * H]}, and the same head by head, {@code [M, B, H]}. */
    private NDArray activations;

    private NDArray activationsByHead;

    HiddenStack(NDManager manager, List<Head> starts, float[] penalties, float learningRate, int steps) {
        heads = starts.size();
        dimension = starts.get(0).dimension();
        classes = starts.get(0).classes();
        List<Layer> inner =
                starts.stream().map(head -> head.hidden().orElseThrow()).toList();
        List<Layer> outer = starts.stream().map(Head::output).toList();
        units = inner.get(0).outputs();
        float[] factors = new float[heads * units];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = penalties[i / units];
        }
        NDArray none = manager.zeros(new Shape(1));
        hiddenWeights = new Parameter(
                manager,
                beside(inner.stream().map(Layer::weights).toList(), dimension),
                new Shape(dimension, factors.length),
                manager.create(factors),
                learningRate,
                steps);
        hiddenBias = new Parameter(
                manager,
                beside(inner.stream().map(Layer::bias).toList(), 1),
                new Shape(factors.length),
                none,
                learningRate,
                steps);
        weights = new Parameter(
                manager,
                beside(outer.stream().map(Layer::weights).toList(), 1),
                new Shape(heads, units, classes),
                manager.create(penalties, new Shape(heads, 1, 1)),
                learningRate,
                steps);
        bias = new Parameter(
                manager,
                beside(outer.stream().map(Layer::bias).toList(), 1),
                new Shape(heads, 1, classes),
                none,
                learningRate,
                steps);
    }

    @Override
    NDArray logits(NDManager step, NDArray x) {
        activations = x.matMul(hiddenWeights.values()).addi(hiddenBias.values()).maximum(0);
        activationsByHead = activations.reshape(-1, heads, units).transpose(1, 0, 2);
        return activationsByHead.matMul(weights.values()).addi(bias.values()).transpose(1, 0, 2);
    }

    @Override
    void descend(NDManager step, NDArray x, NDArray error) {
        NDArray byHead = error.transpose(1, 0, 2);
        NDArray weightsBack = owned(step, weights.values().transpose(0, 2, 1));
        NDArray back = byHead.matMul(weightsBack).transpose(1, 0, 2).reshape(-1, (long) heads * units);
        NDArray slope = back.mul(activations.gt(0));
        weights.descend(step, activationsByHead.transpose(0, 2, 1).matMul(byHead));
        bias.descend(step, byHead.sum(new int[] {1}, true));
        hiddenWeights.descend(step, x.transpose().matMul(slope));
        hiddenBias.descend(step, slope.sum(new int[] {0}));
    }

    @Override
    Head head(int number) {
        Layer hidden = new Layer(
                dimension,
                part(hiddenWeights.values().toFloatArray(), dimension, units, number),
                part(hiddenBias.values().toFloatArray(), 1, units, number));
        Layer output = new Layer(
                units,
                part(weights.values().toFloatArray(), 1, units * classes, number),
                part(bias.values().toFloatArray(), 1, classes, number));
        return new Head(Optional.of(hidden), output);
    }

    @Override
    void keep() {
        hiddenWeights.keep();
        hiddenBias.keep();
        weights.keep();
        bias.keep();
    }

    @Override
    void restore() {
        hiddenWeights.restore();
        hiddenBias.restore();
        weights.restore();
        bias.restore();
    }
}
