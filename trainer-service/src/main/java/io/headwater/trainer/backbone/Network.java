package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;

/**
 * A network whose inner tensors are to make an embedding.
 *
 * @param model the file
 * @param graph its graph
 * @param image name of its input
 * @param half whether its input is float16
 * @param raw whether its input is the uint8 picture itself
 * @param pixels what the input has to be
 */
record Network(ModelProto model, TensorGraph graph, String image, boolean half, boolean raw, PixelFormat pixels) {

    /** A network with this input. */
    static Network of(ModelProto model, TensorGraph graph, ImageInput image, PixelFormat pixels) {
        return new Network(
                model,
                graph,
                image.name(),
                image.type() == TensorProto.DataType.FLOAT16,
                image.type() == TensorProto.DataType.UINT8,
                pixels);
    }
}
