package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.trainer.backbone.PixelFormat.Layout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Takes the division of the pixels into the weights of the first convolution: conv((x - o) / d) = conv'(x - o) with
 * conv' = conv / d, and exactly so at the border, because the zeros that padding adds stay zeros. The offset can't be
 * folded in the same way: padding comes after it.
 */
final class FirstConvolution {
    private static final int WEIGHTS = 1;
    private static final int AXES = 4;
    private static final long CHANNELS = 3;

    private FirstConvolution() {}

    /** Whether nothing but one convolution reads the picture, with weights that nothing else reads. */
    static boolean takesDivision(Network network, List<NodeProto> nodes) {
        List<NodeProto> readers = nodes.stream()
                .filter(node -> TensorGraph.inputs(node).contains(network.image()))
                .toList();
        return readers.size() == 1
                && network.pixels().layout() == Layout.NCHW
                && !network.half()
                && readers.get(0).getOpType().equals("Conv")
                && readers.get(0).getInput(0).equals(network.image())
                && weights(network).filter(FirstConvolution::isPlain).isPresent();
    }

    /** Whether these are the weights of the first convolution. */
    static boolean reads(Network network, TensorProto weights) {
        return weights(network).filter(weights::equals).isPresent();
    }

    /** The weights, divided. */
    static TensorProto divided(TensorProto weights, PixelFormat pixels) {
        ByteBuffer raw = weights.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[raw.remaining() / Float.BYTES];
        raw.asFloatBuffer().get(values);
        int kernel = (int) (weights.getDims(2) * weights.getDims(3));
        for (int i = 0; i < values.length; i++) {
            values[i] /= pixels.divisor().get((int) (i / kernel % CHANNELS));
        }
        long[] dimensions =
                weights.getDimsList().stream().mapToLong(Long::longValue).toArray();
        return OnnxNodes.tensor(weights.getName(), values, dimensions);
    }

    private static Optional<TensorProto> weights(Network network) {
        return network.graph().readers(network.image()).stream()
                .filter(node -> node.getInputCount() > WEIGHTS)
                .findFirst()
                .map(node -> node.getInput(WEIGHTS))
                .filter(name -> network.graph().readers(name).size() == 1)
                .flatMap(network.graph()::initializer);
    }

    private static boolean isPlain(TensorProto weights) {
        return weights.getDataType() == TensorProto.DataType.FLOAT.getNumber()
                && !weights.getRawData().isEmpty()
                && weights.getDimsCount() == AXES
                && weights.getDims(1) == CHANNELS;
    }
}
