package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Set;

/** Renames those tensors and nodes of somebody else's network whose names a model of ours needs for its own. */
final class FreedNames {
    private static final Set<String> OURS = Set.of(
            EmbeddingGraph.IMAGE,
            EmbeddingGraph.EMBEDDING,
            "planes",
            "planes_bgr",
            "planes_float",
            "blue_first",
            "half_range",
            "pixel_offset",
            "pixel_divisor",
            "centred",
            "normalised",
            "half",
            "logits",
            "probabilities");
    private static final String HEAD = "head_";
    private static final String PREFIX = "network_";

    private FreedNames() {}

    /** The name that a tensor has afterwards. */
    static String of(String name) {
        return OURS.contains(name) || name.startsWith(HEAD) ? PREFIX + name : name;
    }

    /** The same model, with other names for some tensors. */
    static ModelProto in(ModelProto model) {
        return model.toBuilder().setGraph(in(model.getGraph())).build();
    }

    private static GraphProto in(GraphProto graph) {
        GraphProto.Builder renamed = graph.toBuilder();
        renamed.getInputBuilderList().forEach(input -> input.setName(of(input.getName())));
        renamed.getOutputBuilderList().forEach(output -> output.setName(of(output.getName())));
        renamed.clearInitializer();
        for (TensorProto weights : graph.getInitializerList()) {
            renamed.addInitializer(
                    weights.toBuilder().setName(of(weights.getName())).build());
        }
        renamed.clearNode();
        graph.getNodeList().forEach(node -> renamed.addNode(in(node)));
        return renamed.build();
    }

    private static NodeProto in(NodeProto node) {
        NodeProto.Builder renamed = node.toBuilder().setName(of(node.getName()));
        for (int i = 0; i < node.getInputCount(); i++) {
            renamed.setInput(i, of(node.getInput(i)));
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            renamed.setOutput(i, of(node.getOutput(i)));
        }
        for (int i = 0; i < node.getAttributeCount(); i++) {
            AttributeProto attribute = node.getAttribute(i);
            if (attribute.hasG()) {
                renamed.setAttribute(i, attribute.toBuilder().setG(in(attribute.getG())));
            }
        }
        return renamed.build();
    }
}
