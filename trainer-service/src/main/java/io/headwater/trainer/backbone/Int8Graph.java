package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a backbone whose convolutions are int8, in ONNX's own way to say so: pairs of QuantizeLinear and
 * DequantizeLinear around float operators. Every ONNX runtime computes what they say; ONNX Runtime makes one int8 operator
 * of each convolution with its pairs.
 */
final class Int8Graph {
    private static final String RAW = "_float";
    private static final String QUANTISED = "_uint8";

    private final TensorGraph source;
    private final QuantisablePart part;
    private final Map<String, Quantisation> ranges;
    private final GraphProto.Builder graph;
    /** The outputs that are written before they are quantised, and the names that they get. */
    private final Map<String, String> outputs = new HashMap<>();

    /** The tensors that are the picture itself. */
    private final Map<String, PixelOffset> pixels = new HashMap<>();

    private final Set<String> added = new HashSet<>();
    /** What is not written. */
    private final Set<NodeProto> left = new HashSet<>();

    private Int8Graph(ModelProto model, QuantisablePart part, Map<String, Quantisation> ranges) {
        this.source = new TensorGraph(model.getGraph());
        this.part = part;
        this.ranges = new HashMap<>(ranges);
        this.graph = model.getGraph().toBuilder().clearNode().clearInitializer().clearValueInfo();
        for (String tensor : part.tensors()) {
            outputs.put(tensor, tensor + RAW);
            PixelOffset.of(source, tensor, part.convolutions()).ifPresent(offset -> readAsIs(tensor, offset));
        }
    }

    private void readAsIs(String tensor, PixelOffset offset) {
        pixels.put(tensor, offset);
        left.addAll(offset.nodes());
        ranges.put(tensor, offset.quantisation());
    }

    /**
     * The graph.
     *
     * @param ranges of the tensors of {@code part}
     */
    static GraphProto of(ModelProto model, QuantisablePart part, Map<String, Quantisation> ranges) {
        return new Int8Graph(model, part, ranges).write();
    }

    private GraphProto write() {
        for (NodeProto node : source.nodes()) {
            if (!left.contains(node)) {
                node.getInputList().forEach(this::addPixels);
                add(node);
            }
        }
        Set<String> read = new HashSet<>();
        graph.getNodeList().forEach(node -> read.addAll(TensorGraph.inputs(node)));
        for (TensorProto weights : source.initializers()) {
            if (read.contains(weights.getName())) {
                graph.addInitializer(weights);
            }
        }
        return graph.build();
    }

    private void addPixels(String tensor) {
        Optional.ofNullable(pixels.get(tensor))
                .filter(first -> added.add(tensor))
                .ifPresent(offset -> {
                    String scale = tensor + "_scale";
                    String zero = tensor + "_zero";
                    addScale(scale, zero, offset.quantisation());
                    graph.addNode(OnnxNodes.node("DequantizeLinear", List.of(offset.pixels(), scale, zero), tensor));
                });
    }

    private void add(NodeProto node) {
        NodeProto.Builder copy = node.toBuilder();
        if (part.convolutions().contains(node)) {
            quantiseWeights(copy);
        } else if (node.getOpType().equals("GlobalAveragePool") && ranges.containsKey(node.getInput(0))) {
            average(copy);
        }
        Optional<NodeProto> absorbed = part.absorbed(node);
        absorbed.ifPresent(activation -> {
            left.add(activation);
            copy.setOutput(0, activation.getOutput(0));
        });
        for (int i = 0; i < copy.getOutputCount(); i++) {
            copy.setOutput(i, outputs.getOrDefault(copy.getOutput(i), copy.getOutput(i)));
        }
        graph.addNode(copy);
        for (String output : absorbed.orElse(node).getOutputList()) {
            Optional.ofNullable(ranges.get(output)).ifPresent(range -> addPair(output, range));
        }
    }

    /** The mean over space as ReduceMean: ONNX Runtime's int8 operators want channels last, and pooling would want them first. */
    private static void average(NodeProto.Builder pooling) {
        pooling.setOpType("ReduceMean")
                .addAttribute(OnnxNodes.attribute("axes", List.of(2L, 3L)))
                .addAttribute(OnnxNodes.attribute("keepdims", 1));
    }

    private void addPair(String tensor, Quantisation range) {
        String scale = tensor + "_scale";
        String zero = tensor + "_zero";
        addScale(scale, zero, range);
        graph.addNode(OnnxNodes.node("QuantizeLinear", List.of(tensor + RAW, scale, zero), tensor + QUANTISED));
        // The node that made the tensor has its name.
        graph.addNode(OnnxNodes.node("DequantizeLinear", List.of(tensor + QUANTISED, scale, zero), tensor).toBuilder()
                .setName(tensor + "_dequantised"));
    }

    private void addScale(String scale, String zero, Quantisation range) {
        graph.addInitializer(OnnxNodes.tensor(scale, new float[] {range.scale()}));
        graph.addInitializer(bytes(zero, TensorProto.DataType.UINT8, (byte) range.zeroPoint()));
    }

    private void quantiseWeights(NodeProto.Builder convolution) {
        TensorProto weights = source.initializer(convolution.getInput(1)).orElseThrow();
        float[] bias = convolution.getInputCount() > 2
                ? OnnxNodes.floats(source.initializer(convolution.getInput(2)).orElseThrow())
                : new float[0];
        int channels = (int) weights.getDims(0);
        float[] values = OnnxNodes.floats(weights);
        Optional.ofNullable(pixels.get(convolution.getInput(0)))
                .ifPresent(offset -> shift(bias, values, offset.remainder()));
        QuantisedConvolution quantised = QuantisedConvolution.of(
                values, bias, channels, ranges.get(convolution.getInput(0)).scale());
        // Named after the node, since two may share their weights and read numbers of different scales.
        String name = convolution.getOutput(0) + "_weights";
        graph.addInitializer(quantised.weights(name + "_int8", weights));
        graph.addInitializer(OnnxNodes.tensor(name + "_scale", quantised.scales(), channels));
        graph.addInitializer(bytes(name + "_zero", TensorProto.DataType.INT8, new byte[channels]).toBuilder()
                .addDims(channels)
                .build());
        graph.addNode(OnnxNodes.node(
                "DequantizeLinear",
                List.of(name + "_int8", name + "_scale", name + "_zero"),
                name,
                OnnxNodes.attribute("axis", 0)));
        convolution.setInput(1, name);
        if (bias.length > 0) {
            String added = convolution.getOutput(0) + "_bias";
            graph.addInitializer(quantised.bias(added + "_int32"));
            graph.addInitializer(OnnxNodes.tensor(added + "_scale", quantised.biasScales(), channels));
            graph.addNode(OnnxNodes.node(
                    "DequantizeLinear",
                    new ArrayList<>(List.of(added + "_int32", added + "_scale")),
                    added,
                    OnnxNodes.attribute("axis", 0)));
            convolution.setInput(2, added);
        }
    }

    /** What a whole zero point leaves over, given back by the bias; but for the border, where zeros are added. */
    private static void shift(float[] bias, float[] weights, float remainder) {
        int each = weights.length / Math.max(1, bias.length);
        for (int i = 0; i < each * bias.length; i++) {
            bias[i / each] += remainder * weights[i];
        }
    }

    private static TensorProto bytes(String name, TensorProto.DataType type, byte... values) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(values))
                .build();
    }
}
