package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a MobileNetV2 with input {@code image} float32 {@code [N, 3, H, W]} in [-1, 1] into the embedding backbone: input
 * {@code image} uint8 {@code [N, S, S, 3]} RGB, output {@code embedding} float32 {@code [N, 2432]}, the global averages
 * of {@link #TAPS} one after the other.
 */
public final class EmbeddingGraph {

    /** Input of every model and backbone. */
    public static final String IMAGE = "image";

    /** Output of the backbone and input of every head. */
    public static final String EMBEDDING = "embedding";

    /** Width of the embedding. */
    public static final int DIMENSION = 1280 + 576 + 384 + 192;

    /** The ONNX operator set that the graphs are written in. */
    public static final int OPSET = 13;

    /** The tensors whose global averages make the embedding, in this order. */
    static final List<String> TAPS =
            List.of("Conv_1_relu6", "block_13_expand_relu6", "block_10_expand_relu6", "block_6_expand_relu6");

    private static final String FIRST_CONVOLUTION = "Conv1";
    private static final float HALF_RANGE = 127.5f;

    private EmbeddingGraph() {}

    /**
     * The embedding backbone, the same bytes for the same source.
     *
     * @param inputSize S, pixels
     * @throws IllegalArgumentException when {@code source} is not an ONNX model with the tensors of {@link #TAPS}
     */
    static byte[] of(byte[] source, int inputSize) {
        ModelProto model = parse(source);
        GraphProto.Builder graph = GraphProto.newBuilder().setName("headwater-embedding");
        graph.addInput(OnnxNodes.value(IMAGE, TensorProto.DataType.UINT8, "N", (long) inputSize, (long) inputSize, 3L));
        addScaling(graph);
        addConvolutions(graph, model.getGraph());
        addTaps(graph);
        graph.addOutput(OnnxNodes.value(EMBEDDING, TensorProto.DataType.FLOAT, "N", (long) DIMENSION));
        return ModelProto.newBuilder(model)
                .setProducerName("headwater")
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    /** Only the offset is subtracted here; the division by 127.5 is in the weights of the first convolution. */
    private static void addScaling(GraphProto.Builder graph) {
        graph.addInitializer(OnnxNodes.tensor("half_range", new float[] {HALF_RANGE}));
        graph.addNode(OnnxNodes.node(
                "Transpose", List.of(IMAGE), "planes", OnnxNodes.attribute("perm", List.of(0L, 3L, 1L, 2L))));
        graph.addNode(OnnxNodes.node(
                "Cast",
                List.of("planes"),
                "planes_float",
                OnnxNodes.attribute("to", TensorProto.DataType.FLOAT.getNumber())));
        graph.addNode(OnnxNodes.node("Sub", List.of("planes_float", "half_range"), "centred"));
    }

    private static void addConvolutions(GraphProto.Builder graph, GraphProto source) {
        List<String> needed = new ArrayList<>(TAPS);
        for (NodeProto node : source.getNodeList()) {
            if (node.getOpType().equals("GlobalAveragePool") || node.getOpType().equals("Flatten")) {
                continue;
            }
            needed.removeAll(node.getOutputList());
            NodeProto.Builder copy = node.toBuilder();
            if (node.getName().equals(FIRST_CONVOLUTION)) {
                copy.setInput(0, "centred");
            }
            graph.addNode(copy);
        }
        if (!needed.isEmpty()) {
            throw new IllegalArgumentException("the backbone lacks the layers " + needed
                    + " that the embedding is made of; use the MobileNetV2 that is bundled");
        }
        for (TensorProto tensor : source.getInitializerList()) {
            graph.addInitializer(
                    tensor.getName().equals(FIRST_CONVOLUTION + "/W") ? dividedByHalfRange(tensor) : tensor);
        }
    }

    /**
     * conv(x / 127.5 - 1) = conv'(x - 127.5) with conv' = conv / 127.5, and exactly so at the border, because the zeros
     * that SAME padding adds stay zeros. The offset can't be folded in the same way: padding comes after it.
     */
    private static TensorProto dividedByHalfRange(TensorProto weights) {
        ByteBuffer raw = weights.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[raw.remaining() / Float.BYTES];
        if (values.length == 0) {
            throw new IllegalArgumentException(
                    "the weights of " + FIRST_CONVOLUTION + " are not stored as raw float32 data");
        }
        raw.asFloatBuffer().get(values);
        for (int i = 0; i < values.length; i++) {
            values[i] /= HALF_RANGE;
        }
        long[] dimensions =
                weights.getDimsList().stream().mapToLong(Long::longValue).toArray();
        return OnnxNodes.tensor(weights.getName(), values, dimensions);
    }

    /** Pooling rather than ReduceMean: ONNX Runtime pools in its blocked layout, ReduceMean would make it reorder first. */
    private static void addTaps(GraphProto.Builder graph) {
        List<String> flat = new ArrayList<>();
        for (String tap : TAPS) {
            graph.addNode(OnnxNodes.node("GlobalAveragePool", List.of(tap), tap + "_mean"));
            graph.addNode(OnnxNodes.node("Flatten", List.of(tap + "_mean"), tap + "_flat"));
            flat.add(tap + "_flat");
        }
        graph.addNode(OnnxNodes.node("Concat", flat, EMBEDDING, OnnxNodes.attribute("axis", 1)));
    }

    private static ModelProto parse(byte[] source) {
        try {
            return ModelProto.parseFrom(source);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the backbone is not an ONNX model: " + e.getMessage(), e);
        }
    }
}
