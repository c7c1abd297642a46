package io.headwater.inference.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.headwater.inference.model.HeadForm.Graph;
import io.headwater.inference.model.HeadForm.Linear;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes several heads as one graph: {@code embedding} float32 {@code [1, D]} to {@code scores} float32 {@code [1, C1 + ... + Cn]}, the
 * heads' numbers one after the other. The linear ones are a single matrix product and give logits; each other one is a
 * branch and gives what it gave alone.
 */
final class MergedGraph {
    private static final long IR_VERSION = 7;
    private static final long OPSET = 13;
    private static final String EMBEDDING = "embedding";
    private static final String SCORES = "scores";
    private static final String LOGITS = "logits";

    private final int dimension;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("heads");
    private final List<String> pieces = new ArrayList<>();

    private MergedGraph(int dimension) {
        this.dimension = dimension;
    }

    /** Whether a head can be part of a merged graph: if not linear, it must be of our opset and without graphs inside. */
    static boolean takes(HeadForm form) {
        return !(form instanceof Graph other) || takes(other.model());
    }

    private static boolean takes(ModelProto model) {
        GraphProto graph = model.getGraph();
        return model.getOpsetImportList().stream()
                        .allMatch(set -> set.getDomain().isEmpty() && set.getVersion() == OPSET)
                && model.getFunctionsCount() == 0
                && graph.getOutputCount() == 1
                && graph.getSparseInitializerCount() == 0
                && graph.getNodeList().stream()
                        .flatMap(node -> node.getAttributeList().stream())
                        .noneMatch(MergedGraph::holdsGraph);
    }

    private static boolean holdsGraph(AttributeProto attribute) {
        return attribute.hasG() || attribute.getGraphsCount() > 0;
    }

    /**
     * The file.
     *
     * @param linear first in the output
     * @param others after them; {@link #takes} each
     */
    static byte[] write(int dimension, List<Linear> linear, List<Graph> others) {
        MergedGraph merged = new MergedGraph(dimension);
        if (!linear.isEmpty()) {
            merged.stack(linear);
        }
        for (Graph other : others) {
            merged.branch(other.model().getGraph());
        }
        return merged.finish();
    }

    private void stack(List<Linear> heads) {
        int width = heads.stream().mapToInt(head -> head.bias().length).sum();
        ByteBuffer weights =
                ByteBuffer.allocate(dimension * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < dimension; row++) {
            for (Linear head : heads) {
                int classes = head.bias().length;
                for (int i = 0; i < classes; i++) {
                    weights.putFloat(head.weights()[row * classes + i]);
                }
            }
        }
        ByteBuffer bias = ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Linear head : heads) {
            for (float value : head.bias()) {
                bias.putFloat(value);
            }
        }
        graph.addInitializer(tensor("weights", weights, dimension, width)).addInitializer(tensor("bias", bias, width));
        piece("Gemm", List.of(EMBEDDING, "weights", "bias"), LOGITS);
    }

    private void branch(GraphProto head) {
        String prefix = "head" + pieces.size() + "/";
        String input = HeadFile.inputs(head).get(0);
        for (TensorProto tensor : head.getInitializerList()) {
            graph.addInitializer(tensor.toBuilder().setName(prefix + tensor.getName()));
        }
        for (NodeProto node : head.getNodeList()) {
            NodeProto.Builder renamed =
                    node.toBuilder().clearInput().clearOutput().setName(prefix + node.getName());
            node.getInputList()
                    .forEach(name -> renamed.addInput(name.equals(input) ? EMBEDDING : within(prefix, name)));
            node.getOutputList().forEach(name -> renamed.addOutput(within(prefix, name)));
            graph.addNode(renamed);
        }
        pieces.add(prefix + head.getOutput(0).getName());
    }

    // An optional input that is left out has an empty name.
    private static String within(String prefix, String name) {
        return name.isEmpty() ? name : prefix + name;
    }

    private byte[] finish() {
        // Also around a single piece: its own name may not be that of the output. ONNX Runtime takes it out again.
        NodeProto.Builder concat = NodeProto.newBuilder()
                .setOpType(pieces.size() == 1 ? "Identity" : "Concat")
                .setName(SCORES)
                .addAllInput(pieces)
                .addOutput(SCORES);
        if (pieces.size() > 1) {
            concat.addAttribute(AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(1));
        }
        graph.addNode(concat)
                .addInput(value(EMBEDDING).setType(type(1L, (long) dimension)))
                .addOutput(value(SCORES).setType(type(1L, "C")));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private void piece(String type, List<String> inputs, String output) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output));
        pieces.add(output);
    }

    private static TensorProto tensor(String name, ByteBuffer values, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(values.flip()));
        for (long size : shape) {
            tensor.addDims(size);
        }
        return tensor.build();
    }

    private static ValueInfoProto.Builder value(String name) {
        return ValueInfoProto.newBuilder().setName(name);
    }

    private static TypeProto type(Object... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (Object size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(
                    size instanceof Long fixed ? dimension.setDimValue(fixed) : dimension.setDimParam(size.toString()));
        }
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(dimensions))
                .build();
    }
}
