package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Between which numbers the tensors inside a backbone are, on real pictures. */
final class ActivationRanges {
    private static final String LOWEST = "_lowest";
    private static final String HIGHEST = "_highest";

    private ActivationRanges() {}

    /**
     * Runs the backbone on the pictures, one after the other on one thread, with the extremes of the tensors as additional
     * outputs. A range is from the lowest to the highest number of all pictures.
     *
     * @param backbone float32
     * @param tensors names
     * @param pictures uint8 {@code [inputSize, inputSize, 3]}
     * @throws BackboneException if it can't be run; the message begins with "it"
     */
    static Map<String, Quantisation> of(
            ModelProto backbone, Collection<String> tensors, int inputSize, List<ByteBuffer> pictures) {
        Map<String, float[]> extremes = new LinkedHashMap<>();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = options();
                OrtSession session =
                        environment.createSession(observed(backbone, tensors).toByteArray(), options)) {
            for (ByteBuffer picture : pictures) {
                try (OnnxTensor input = OnnxTensor.createTensor(
                                environment,
                                picture.duplicate().clear(),
                                new long[] {1, inputSize, inputSize, 3},
                                OnnxJavaType.UINT8);
                        OrtSession.Result result = session.run(Map.of(EmbeddingGraph.IMAGE, input))) {
                    for (String tensor : tensors) {
                        float[] extreme = extremes.computeIfAbsent(tensor, first -> new float[2]);
                        extreme[0] = Math.min(extreme[0], number(result, tensor + LOWEST));
                        extreme[1] = Math.max(extreme[1], number(result, tensor + HIGHEST));
                    }
                }
            }
        } catch (OrtException e) {
            throw new BackboneException("it can't be calibrated: " + e.getMessage(), e);
        }
        Map<String, Quantisation> ranges = new LinkedHashMap<>();
        extremes.forEach((tensor, extreme) -> ranges.put(tensor, Quantisation.of(extreme[0], extreme[1])));
        return ranges;
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return options;
    }

    private static ModelProto observed(ModelProto backbone, Collection<String> tensors) {
        GraphProto.Builder graph = backbone.getGraph().toBuilder();
        for (String tensor : tensors) {
            observe(graph, OnnxNodes.node("ReduceMin", List.of(tensor), tensor + LOWEST, scalar()));
            observe(graph, OnnxNodes.node("ReduceMax", List.of(tensor), tensor + HIGHEST, scalar()));
        }
        return backbone.toBuilder().setGraph(graph).build();
    }

    private static ai.onnx.proto.OnnxMl.AttributeProto scalar() {
        return OnnxNodes.attribute("keepdims", 0);
    }

    private static void observe(GraphProto.Builder graph, NodeProto extreme) {
        graph.addNode(extreme);
        graph.addOutput(ValueInfoProto.newBuilder().setName(extreme.getOutput(0)));
    }

    private static float number(OrtSession.Result result, String name) throws OrtException {
        return (float) result.get(name).orElseThrow().getValue();
    }
}
