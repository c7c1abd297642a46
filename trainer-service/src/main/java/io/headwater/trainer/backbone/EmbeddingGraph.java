package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns a network into the embedding backbone: input {@code image} uint8 {@code [N, S, S, 3]} RGB, output
 * {@code embedding} float32 {@code [N, D]}, its taps one after the other. What they don't need is left out.
 */
public final class EmbeddingGraph {

    /** Input of every model and backbone. */
    public static final String IMAGE = "image";

    /** Output of the backbone and input of every head. */
    public static final String EMBEDDING = "embedding";

    /** Width of the embedding of the bundled backbone, and of every MobileNetV2 with its four taps. */
    public static final int DIMENSION = 1280 + 576 + 384 + 192;

    /** The ONNX operator set that our own graphs are written in. */
    public static final int OPSET = 13;

    /** Since this format weights need not be declared as inputs. */
    private static final long OLDEST_IR_VERSION = 4;

    private final Network network;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("headwater-embedding");

    private EmbeddingGraph(Network network, int inputSize) {
        this.network = network;
        graph.addInput(OnnxNodes.value(IMAGE, TensorProto.DataType.UINT8, "N", (long) inputSize, (long) inputSize, 3L));
    }

    /**
     * The embedding backbone, the same bytes for the same network.
     *
     * @param inputSize S, pixels
     * @param dimension D, the numbers that the taps have together
     */
    static byte[] of(Network network, int inputSize, List<Tap> taps, int dimension) {
        EmbeddingGraph embedding = new EmbeddingGraph(network, inputSize);
        embedding.addNetwork(taps.stream().map(Tap::tensor).toList());
        embedding.addTaps(taps);
        embedding.graph.addOutput(OnnxNodes.value(EMBEDDING, TensorProto.DataType.FLOAT, "N", (long) dimension));
        return embedding.write();
    }

    /** The same graph with the tensors themselves as outputs, to see what they look like. */
    static byte[] probe(Network network, int inputSize, List<String> tensors) {
        EmbeddingGraph probe = new EmbeddingGraph(network, inputSize);
        probe.addNetwork(tensors);
        tensors.forEach(
                tensor -> probe.graph.addOutput(ValueInfoProto.newBuilder().setName(tensor)));
        return probe.write();
    }

    private byte[] write() {
        return ModelProto.newBuilder(network.model())
                .setIrVersion(Math.max(OLDEST_IR_VERSION, network.model().getIrVersion()))
                .setProducerName("headwater")
                .clearMetadataProps()
                .clearTrainingInfo()
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private void addNetwork(Collection<String> tensors) {
        List<NodeProto> nodes = network.graph().behind(tensors);
        boolean folded = !network.raw() && FirstConvolution.takesDivision(network, nodes);
        String picture = addPixels(folded);
        Set<String> used = new HashSet<>(tensors);
        for (NodeProto node : nodes) {
            used.addAll(TensorGraph.inputs(node));
            graph.addNode(node.getInputList().contains(network.image()) ? reading(node, picture) : node);
        }
        for (TensorProto weights : network.graph().initializers()) {
            if (folded && FirstConvolution.reads(network, weights)) {
                graph.addInitializer(FirstConvolution.divided(weights, network.pixels()));
            } else if (used.contains(weights.getName())) {
                graph.addInitializer(weights);
            }
        }
    }

    private String addPixels(boolean folded) {
        if (network.raw()) {
            return network.pixels().addArrangement(graph, IMAGE);
        }
        String centred = network.pixels().addOffset(graph, IMAGE);
        String scaled = folded ? centred : network.pixels().addDivision(graph, centred);
        return network.half() ? cast(scaled, "half", TensorProto.DataType.FLOAT16) : scaled;
    }

    private NodeProto reading(NodeProto node, String picture) {
        NodeProto.Builder copy = node.toBuilder();
        for (int i = 0; i < node.getInputCount(); i++) {
            if (node.getInput(i).equals(network.image())) {
                copy.setInput(i, picture);
            }
        }
        return copy.build();
    }

    private void addTaps(List<Tap> taps) {
        List<String> flat = new ArrayList<>();
        for (Tap tap : taps) {
            graph.addNode(OnnxNodes.node("Flatten", List.of(averaged(tap)), tap.tensor() + "_flat"));
            flat.add(
                    tap.half()
                            ? cast(tap.tensor() + "_flat", tap.tensor() + "_float", TensorProto.DataType.FLOAT)
                            : tap.tensor() + "_flat");
        }
        graph.addNode(OnnxNodes.node("Concat", flat, EMBEDDING, OnnxNodes.attribute("axis", 1)));
    }

    /** Pooling rather than ReduceMean: ONNX Runtime pools in its blocked layout, ReduceMean would make it reorder first. */
    private String averaged(Tap tap) {
        String tensor = tap.tensor();
        if (tap.form() == Tap.Form.ROW) {
            return tensor;
        }
        if (tap.form() == Tap.Form.TOKENS) {
            String channelsFirst = tensor + "_channels_first";
            graph.addNode(OnnxNodes.node(
                    "Transpose", List.of(tensor), channelsFirst, OnnxNodes.attribute("perm", List.of(0L, 2L, 1L))));
            tensor = channelsFirst;
        }
        graph.addNode(OnnxNodes.node("GlobalAveragePool", List.of(tensor), tap.tensor() + "_mean"));
        return tap.tensor() + "_mean";
    }

    private String cast(String tensor, String output, TensorProto.DataType type) {
        graph.addNode(OnnxNodes.node("Cast", List.of(tensor), output, OnnxNodes.attribute("to", type.getNumber())));
        return output;
    }
}
