package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.headwater.artifacts.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes an int8 backbone of a float32 one: weights int8 with a scale for each output channel, activations uint8 with ranges
 * from real pictures. It is another backbone: its embeddings are near those of the float32 one, but not the same.
 */
public final class QuantisedBackbone {
    private static final long OLDEST_OPSET = 13;
    /** ReduceMean takes its axes as an input from then on. */
    private static final long NEWEST_OPSET = 17;
    /** What they mean did not change between the operator sets 7 and 13, as others did. */
    private static final Set<String> STABLE = Set.of(
            "Add",
            "Cast",
            "Clip",
            "Concat",
            "Conv",
            "Div",
            "Flatten",
            "GlobalAveragePool",
            "Identity",
            "MaxPool",
            "Mul",
            "Relu",
            "Reshape",
            "Sigmoid",
            "Sub",
            "Transpose");

    private static final String SOURCE = "headwater.source";
    private static final String SUFFIX = "-int8";

    private QuantisedBackbone() {}

    /**
     * The int8 backbone; the same bytes for the same backbone and pictures on the same machine.
     *
     * @param backbone float32
     * @param pictures to calibrate with: uint8 {@code [inputSize, inputSize, 3]} RGB; at least one
     * @throws BackboneException if it has nothing to quantise or can't be run; the message begins with "it"
     */
    public static BackboneFile of(BackboneFile backbone, List<ByteBuffer> pictures) {
        ModelProto model = current(OnnxFile.parse(backbone.bytes()));
        QuantisablePart part = new QuantisablePart(new TensorGraph(model.getGraph()));
        if (part.convolutions().isEmpty()) {
            throw new BackboneException("it has no convolution with float32 weights, so there is nothing to quantise");
        }
        Map<String, Quantisation> ranges = ActivationRanges.of(model, part.tensors(), backbone.inputSize(), pictures);
        ModelProto.Builder quantised = model.toBuilder().setGraph(Int8Graph.of(model, part, ranges));
        properties(backbone, pictures)
                .forEach((key, value) -> quantised.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        byte[] bytes = quantised.build().toByteArray();
        try (Trial trial = new Trial(bytes, backbone.inputSize())) {
            trial.check();
        }
        return BackboneFile.of(backbone.name() + SUFFIX, bytes, backbone.inputSize(), backbone.dimension());
    }

    /** Whether these bytes are an int8 backbone that was made of the backbone with this id. */
    public static boolean isOf(String source, byte[] bytes) {
        return OnnxFile.parse(bytes).getMetadataPropsList().stream()
                .anyMatch(property ->
                        property.getKey().equals(SOURCE) && property.getValue().equals(source));
    }

    /** The name that the float32 backbone has, of an int8 one's; other names stay. */
    public static String sourceName(String name) {
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static Map<String, String> properties(BackboneFile backbone, List<ByteBuffer> pictures) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("headwater.precision", "int8");
        properties.put(SOURCE, backbone.id());
        properties.put("headwater.calibration.images", Integer.toString(pictures.size()));
        properties.put("headwater.calibration.sha256", digest(pictures));
        return properties;
    }

    private static String digest(List<ByteBuffer> pictures) {
        String each = pictures.stream()
                .map(picture -> {
                    byte[] pixels = new byte[picture.capacity()];
                    picture.duplicate().clear().get(pixels);
                    return Sha256.of(pixels);
                })
                .collect(Collectors.joining());
        return Sha256.of(each.getBytes(StandardCharsets.US_ASCII));
    }

    /** With the operator set that has scales for each channel. */
    private static ModelProto current(ModelProto model) {
        ModelProto.Builder current = model.toBuilder();
        for (int i = 0; i < model.getOpsetImportCount(); i++) {
            OperatorSetIdProto set = model.getOpsetImport(i);
            if (!set.getDomain().isEmpty() && !set.getDomain().equals("ai.onnx")) {
                continue;
            }
            Set<String> others = model.getGraph().getNodeList().stream()
                    .map(node -> node.getOpType())
                    .filter(type -> !STABLE.contains(type))
                    .collect(Collectors.toSet());
            if (set.getVersion() > NEWEST_OPSET || (set.getVersion() < OLDEST_OPSET && !others.isEmpty())) {
                throw new BackboneException(
                        "it uses the operator set " + set.getVersion() + ", but int8 needs one from " + OLDEST_OPSET
                                + " to " + NEWEST_OPSET + "; export it again with such an opset version");
            }
            current.setOpsetImport(i, set.toBuilder().setVersion(Math.max(OLDEST_OPSET, set.getVersion())));
        }
        return current.build();
    }
}
