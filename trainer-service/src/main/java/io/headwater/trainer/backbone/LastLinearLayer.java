package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the linear layer that an image classifier ends with: a Gemm, a MatMul, or a 1x1 convolution of what was pooled. */
final class LastLinearLayer {
    /** They change the shape at most, and keep the order of the numbers of one picture. */
    private static final Set<String> SAME_NUMBERS =
            Set.of("Flatten", "Reshape", "Squeeze", "Unsqueeze", "Dropout", "Identity");

    private static final Set<String> POOLING =
            Set.of("GlobalAveragePool", "GlobalMaxPool", "ReduceMean", "ReduceMax", "AveragePool", "MaxPool");

    private final TensorGraph graph;
    private final Set<String> fromImage;

    private LastLinearLayer(TensorGraph graph, String image) {
        this.graph = graph;
        this.fromImage = graph.from(image);
    }

    /**
     * The tensor whose numbers, flattened, are the input of the last linear layer.
     *
     * @param image name of the input
     * @throws BackboneException if there is no such layer, or more than one; the message begins with "it"
     */
    static String input(TensorGraph graph, String image) {
        return new LastLinearLayer(graph, image).input();
    }

    private String input() {
        Map<String, NodeProto> found = new LinkedHashMap<>();
        for (String output : graph.outputs()) {
            last(output).ifPresent(layer -> found.putIfAbsent(layer.getInput(0), layer));
        }
        // An output on the way to another one, such as the features before the classes, is not an end of its own.
        Map<String, NodeProto> ends = new LinkedHashMap<>(found);
        found.values().forEach(layer -> {
            List<NodeProto> before = graph.behind(layer.getInputList());
            ends.values().removeIf(before::contains);
        });
        if (ends.isEmpty()) {
            throw new BackboneException("it does not end in a linear layer (a Gemm, a MatMul or a 1x1 convolution after"
                    + " the pooling, with weights of its own and nothing beside it); name the tensors that make the"
                    + " embedding with headwater.backbone.taps");
        }
        if (ends.size() > 1) {
            throw new BackboneException("it ends in " + ends.size() + " linear layers; name the input of the one that"
                    + " is meant with headwater.backbone.taps: " + String.join(" or ", ends.keySet()));
        }
        return unshaped(ends.keySet().iterator().next());
    }

    /** The last linear layer before an output, if nothing that passes it by is joined with its result. */
    private Optional<NodeProto> last(String output) {
        List<NodeProto> nodes = graph.behind(List.of(output));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (isLinear(nodes.get(i))) {
                return Optional.of(nodes.get(i)).filter(this::decidesAlone);
            }
        }
        return Optional.empty();
    }

    private boolean isLinear(NodeProto node) {
        if (node.getInputCount() < 2 || !fromImage.contains(node.getInput(0)) || fromImage.contains(node.getInput(1))) {
            return false;
        }
        return switch (node.getOpType()) {
            case "Gemm" -> TensorGraph.integer(node, "transA").orElse(0L) == 0;
            case "MatMul" -> true;
            case "Conv" -> isOneByOne(node) && isPooled(node.getInput(0));
            default -> false;
        };
    }

    private boolean isOneByOne(NodeProto convolution) {
        List<Long> kernel = TensorGraph.integers(convolution, "kernel_shape");
        List<Long> size = kernel.isEmpty()
                ? graph.initializer(convolution.getInput(1))
                        .map(TensorProto::getDimsList)
                        .map(dimensions -> dimensions.subList(Math.min(2, dimensions.size()), dimensions.size()))
                        .orElse(List.of())
                : kernel;
        return !size.isEmpty()
                && size.stream().allMatch(side -> side == 1)
                && TensorGraph.integer(convolution, "group").orElse(1L) == 1;
    }

    private boolean isPooled(String tensor) {
        return graph.producer(unshaped(tensor))
                .map(node -> POOLING.contains(node.getOpType()))
                .orElse(false);
    }

    /** Whether everything behind a layer depends on the picture only through it: no residual, no gate of a block. */
    private boolean decidesAlone(NodeProto layer) {
        Set<String> after = graph.from(layer.getOutput(0));
        return graph.nodes().stream()
                .filter(node -> !node.equals(layer) && after.containsAll(node.getOutputList()))
                .allMatch(node -> TensorGraph.inputs(node).stream()
                        .allMatch(input -> after.contains(input) || !fromImage.contains(input)));
    }

    /** The tensor before whatever only reshaped it: so a shape that is fixed to one picture is left out. */
    private String unshaped(String tensor) {
        Optional<NodeProto> node =
                graph.producer(tensor).filter(producer -> SAME_NUMBERS.contains(producer.getOpType()));
        return node.map(producer -> unshaped(producer.getInput(0))).orElse(tensor);
    }
}
