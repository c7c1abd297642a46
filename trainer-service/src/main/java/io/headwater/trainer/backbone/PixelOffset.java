package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * That a tensor is the picture less one number: then the picture's own uint8 can be read as it is, instead of being made
 * float, shifted and made uint8 again.
 *
 * @param pixels the uint8 tensor
 * @param offset what is taken away, 0 to 255
 * @param nodes what makes the tensor from {@code pixels}
 */
record PixelOffset(String pixels, float offset, Set<NodeProto> nodes) {

    /** What {@code tensor} is of the picture, if it is that, and if only {@code readers} read it. */
    static Optional<PixelOffset> of(TensorGraph graph, String tensor, Set<NodeProto> readers) {
        Optional<NodeProto> shift =
                only(graph, tensor, "Sub").filter(node -> readers.containsAll(graph.readers(tensor)));
        Optional<float[]> offset = shift.flatMap(node -> graph.initializer(node.getInput(1)))
                .map(OnnxNodes::floats)
                .filter(number -> number.length == 1 && number[0] >= 0 && number[0] <= 255);
        Optional<NodeProto> cast = shift.flatMap(node -> only(graph, node.getInput(0), "Cast"))
                .filter(node -> graph.readers(node.getOutput(0)).size() == 1)
                .filter(node -> isPicture(graph, node.getInput(0)));
        if (offset.isEmpty() || cast.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new PixelOffset(cast.get().getInput(0), offset.get()[0], Set.of(shift.orElseThrow(), cast.get())));
    }

    /** The uint8 as it is, with the nearest whole number as zero. */
    Quantisation quantisation() {
        return new Quantisation(1, Math.round(offset));
    }

    /** How much more the numbers should be than they are read as. */
    float remainder() {
        return Math.round(offset) - offset;
    }

    private static boolean isPicture(TensorGraph graph, String tensor) {
        return tensor.equals(EmbeddingGraph.IMAGE)
                || only(graph, tensor, "Transpose")
                        .map(NodeProto::getInputList)
                        .filter(List.of(EmbeddingGraph.IMAGE)::equals)
                        .isPresent();
    }

    private static Optional<NodeProto> only(TensorGraph graph, String tensor, String type) {
        return graph.producer(tensor).filter(node -> node.getOpType().equals(type));
    }
}
