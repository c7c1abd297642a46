package io.headwater.trainer.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.headwater.trainer.backbone.EmbeddingGraph;
import io.headwater.trainer.backbone.OnnxNodes;
import io.headwater.trainer.training.Head;
import io.headwater.trainer.training.Layer;
import java.util.List;

/** Writes a head as ONNX: by itself, and behind the backbone. The same head and metadata give the same bytes. */
public final class HeadGraph {
    /** Output of every head and model: float32 {@code [N, C]}. */
    public static final String PROBABILITIES = "probabilities";

    private static final long IR_VERSION = 7;
    static final String HIDDEN_WEIGHTS = "head_hidden_weights";
    static final String HIDDEN_BIAS = "head_hidden_bias";
    static final String WEIGHTS = "head_weights";
    static final String BIAS = "head_bias";
    private static final String HIDDEN = "head_hidden";
    private static final String ACTIVATIONS = "head_activations";
    private static final String LOGITS = "logits";

    private HeadGraph() {}

    /** {@code head.onnx}: {@code embedding} float32 {@code [N, D]} to {@code probabilities} float32 {@code [N, C]}. */
    public static byte[] head(Head head, ModelMetadata metadata) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("headwater-head")
                .addInput(OnnxNodes.value(
                        EmbeddingGraph.EMBEDDING, TensorProto.DataType.FLOAT, "N", (long) head.dimension()));
        append(graph, head);
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("headwater")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(EmbeddingGraph.OPSET))
                .setGraph(graph)
                .addAllMetadataProps(metadata.properties())
                .build()
                .toByteArray();
    }

    /**
     * {@code model.onnx}: {@code image} uint8 {@code [N, H, W, 3]} RGB to {@code probabilities} and {@code embedding}.
     *
     * @param backbone the embedding backbone's file
     */
    public static byte[] model(byte[] backbone, Head head, ModelMetadata metadata) {
        ModelProto embedding;
        try {
            embedding = ModelProto.parseFrom(backbone);
        } catch (InvalidProtocolBufferException e) {
            throw new ExportException("the backbone is not an ONNX model", e);
        }
        GraphProto.Builder graph =
                embedding.getGraph().toBuilder().setName("headwater-model").clearOutput();
        append(graph, head);
        graph.addAllOutput(embedding.getGraph().getOutputList());
        return embedding.toBuilder()
                .setGraph(graph)
                .addAllMetadataProps(metadata.properties())
                .build()
                .toByteArray();
    }

    private static void append(GraphProto.Builder graph, Head head) {
        String input = EmbeddingGraph.EMBEDDING;
        if (head.hidden().isPresent()) {
            gemm(graph, head.hidden().get(), List.of(input, HIDDEN_WEIGHTS, HIDDEN_BIAS), HIDDEN);
            graph.addNode(OnnxNodes.node("Relu", List.of(HIDDEN), ACTIVATIONS));
            input = ACTIVATIONS;
        }
        gemm(graph, head.output(), List.of(input, WEIGHTS, BIAS), LOGITS);
        graph.addNode(OnnxNodes.node("Softmax", List.of(LOGITS), PROBABILITIES, OnnxNodes.attribute("axis", 1)))
                .addOutput(OnnxNodes.value(PROBABILITIES, TensorProto.DataType.FLOAT, "N", (long) head.classes()));
    }

    /**
     * Appends {@code output = x W + b}.
     *
     * @param names of x, W and b
     */
    private static void gemm(GraphProto.Builder graph, Layer layer, List<String> names, String output) {
        graph.addInitializer(OnnxNodes.tensor(names.get(1), layer.weights(), layer.inputs(), layer.outputs()))
                .addInitializer(OnnxNodes.tensor(names.get(2), layer.bias(), layer.outputs()))
                .addNode(OnnxNodes.node("Gemm", names, output));
    }
}
