package io.headwater.inference.model;

import ai.onnx.proto.OnnxMl.ModelProto;

/** What a head's file holds, as far as it matters for scoring it together with others. */
sealed interface HeadForm {
    /**
     * Softmax regression: {@code softmax(x W + b)}. What the trainer writes unless a hidden layer is asked for, with the
     * standardisation of the embedding and the temperature folded into W and b.
     *
     * @param weights W, row by row, {@code [D, C]}
     * @param bias b, {@code [C]}
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Linear(float[] weights, float[] bias) implements HeadForm {}

    /** Any other graph with one input and one output. */
    record Graph(ModelProto model) implements HeadForm {}
}
