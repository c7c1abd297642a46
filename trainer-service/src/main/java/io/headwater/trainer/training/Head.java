package io.headwater.trainer.training;

import java.util.Optional;

/**
 * A classifier on embeddings as they are: {@code softmax(x W + b)}, or with a hidden layer
 * {@code softmax(relu(x V + a) W + b)}.
 *
 * @param hidden V and a, if there is a hidden layer
 * @param output W and b
 */
public record Head(Optional<Layer> hidden, Layer output) {

    /** Checks that the layers fit each other. */
    public Head {
        if (hidden.filter(layer -> layer.outputs() != output.inputs()).isPresent()) {
            throw new IllegalArgumentException("a hidden layer of "
                    + hidden.get().outputs() + " units does not fit an output of " + output.inputs() + " inputs");
        }
    }

    /** D, the width of an embedding. */
    public int dimension() {
        return hidden.orElse(output).inputs();
    }

    /** C, the number of classes. */
    public int classes() {
        return output.outputs();
    }
}
