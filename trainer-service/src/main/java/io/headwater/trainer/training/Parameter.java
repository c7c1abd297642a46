package io.headwater.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Weights with what it takes to change them: Adam's state, the penalty on their size, and a copy to go back to. */
final class Parameter {
    private final NDArray values;
    private final NDArray kept;
    private final NDArray penalties;
    private final Adam adam;

    /**
     * @param manager owns all of it
     * @param values the first ones
     * @param penalties factor of each value in the gradient; of a shape that {@code shape} can take
     */
    Parameter(NDManager manager, float[] values, Shape shape, NDArray penalties, float learningRate, int steps) {
        this.values = manager.create(values, shape);
        this.kept = this.values.duplicate();
        this.penalties = penalties;
        this.adam = new Adam(manager, this.values, learningRate, steps);
    }

    NDArray values() {
        return values;
    }

    /** One step against this gradient, which is used up, and the penalty. */
    void descend(NDManager step, NDArray gradient) {
        gradient.addi(HeadStack.owned(step, values.mul(penalties)));
        adam.step(gradient);
    }

    void keep() {
        values.copyTo(kept);
    }

    void restore() {
        kept.copyTo(values);
    }
}
