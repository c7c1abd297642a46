package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the tensors that make the embedding in any MobileNetV2 1.0, whatever they are called: the network is a chain of 52
 * convolutions, of which the first, then a depthwise one and a projection, then for each of 16 blocks an expansion, a
 * depthwise one and a projection, then the last.
 */
final class MobileNetV2 {
    /** Names this structure in {@code headwater.backbone.taps}. */
    static final String NAME = "mobilenetv2";

    private static final int CONVOLUTIONS = 52;
    private static final int BEFORE_BLOCKS = 3;
    private static final int PER_BLOCK = 3;
    private static final Set<String> BATCH_NORM = Set.of("BatchNormalization", "Identity");
    private static final Set<String> ACTIVATION = Set.of("Clip", "Relu", "Min", "Max");

    private MobileNetV2() {}

    /**
     * The activations of the last convolution and of the expansions of blocks 13, 10 and 6: 1280, 576, 384 and 192
     * channels.
     *
     * @throws BackboneException if the graph is another network; the message begins with "it"
     */
    static List<String> taps(TensorGraph graph) {
        List<NodeProto> convolutions = graph.behind(graph.outputs()).stream()
                .filter(node -> node.getOpType().equals("Conv"))
                .limit(CONVOLUTIONS + 1L)
                .toList();
        if (convolutions.size() != CONVOLUTIONS) {
            throw new BackboneException("it is not a MobileNetV2, which has " + CONVOLUTIONS + " convolutions and not "
                    + (convolutions.size() > CONVOLUTIONS ? "more" : convolutions.size()));
        }
        return Stream.of(CONVOLUTIONS - 1, expansion(13), expansion(10), expansion(6))
                .map(convolutions::get)
                .map(convolution -> activated(graph, convolution.getOutput(0)))
                .toList();
    }

    private static int expansion(int block) {
        return BEFORE_BLOCKS + PER_BLOCK * (block - 1);
    }

    private static String activated(TensorGraph graph, String tensor) {
        return next(graph, next(graph, tensor, BATCH_NORM), ACTIVATION);
    }

    private static String next(TensorGraph graph, String tensor, Set<String> types) {
        String last = tensor;
        List<NodeProto> readers = graph.readers(last);
        while (readers.size() == 1 && types.contains(readers.get(0).getOpType())) {
            last = readers.get(0).getOutput(0);
            readers = graph.readers(last);
        }
        return last;
    }
}
