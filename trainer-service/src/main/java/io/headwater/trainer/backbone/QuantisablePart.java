package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a graph is worth int8: its convolutions, and the sums between them. Everything else, the preparation of the
 * pixels and the averages that make the embedding above all, stays float.
 */
final class QuantisablePart {
    private static final int AXES = 4;

    private final TensorGraph graph;
    private final Set<String> outputs;
    private final Set<NodeProto> convolutions = new LinkedHashSet<>();
    private final Set<String> tensors = new LinkedHashSet<>();
    /** From the output of a convolution or a sum to the node that cuts it off at zero. */
    private final Map<String, NodeProto> absorbed = new HashMap<>();

    QuantisablePart(TensorGraph graph) {
        this.graph = graph;
        this.outputs = new HashSet<>(graph.outputs());
        for (NodeProto node : graph.nodes()) {
            if (isPlainConvolution(node)) {
                convolutions.add(node);
                tensors.add(node.getInput(0));
                tensors.add(activated(node));
            } else if (node.getOpType().equals("Add") && tensors.containsAll(node.getInputList())) {
                tensors.add(activated(node));
            }
        }
    }

    /** The convolutions whose weights become int8. */
    Set<NodeProto> convolutions() {
        return convolutions;
    }

    /** The tensors that become uint8, in the order of the graph. */
    Set<String> tensors() {
        return tensors;
    }

    /**
     * The node behind this one that only cuts off at zero (and perhaps above), which the range of a uint8 does by itself:
     * it begins at zero and ends within the other limit.
     */
    Optional<NodeProto> absorbed(NodeProto node) {
        return Optional.ofNullable(absorbed.get(node.getOutput(0)));
    }

    private String activated(NodeProto node) {
        String output = node.getOutput(0);
        List<NodeProto> readers = graph.readers(output);
        if (readers.size() == 1 && !outputs.contains(output) && cutsAtZero(readers.get(0))) {
            absorbed.put(output, readers.get(0));
            return readers.get(0).getOutput(0);
        }
        return output;
    }

    private boolean cutsAtZero(NodeProto node) {
        if (node.getOpType().equals("Relu")) {
            return true;
        }
        return node.getOpType().equals("Clip")
                && node.getInputCount() > 1
                && graph.initializer(node.getInput(1))
                        .map(OnnxNodes::floats)
                        .filter(limit -> limit.length == 1 && limit[0] == 0)
                        .isPresent();
    }

    private boolean isPlainConvolution(NodeProto node) {
        return node.getOpType().equals("Conv")
                && node.getInputList().stream().skip(1).allMatch(this::isPlain)
                && graph.initializer(node.getInput(1)).orElseThrow().getDimsCount() == AXES;
    }

    private boolean isPlain(String weights) {
        return graph.initializer(weights)
                .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber())
                .isPresent();
    }
}
