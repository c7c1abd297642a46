package io.headwater.trainer.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.headwater.trainer.training.Head;
import io.headwater.trainer.training.Layer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the weights of a {@code head.onnx} that {@link HeadGraph} wrote. */
public final class HeadReader {
    private HeadReader() {}

    /**
     * The head in a file; empty if the file is an ONNX model without the weights of one of ours.
     *
     * @throws ExportException if it is not an ONNX model
     */
    public static Optional<Head> read(byte[] file) {
        Map<String, TensorProto> tensors;
        try {
            tensors = ModelProto.parseFrom(file).getGraph().getInitializerList().stream()
                    .collect(Collectors.toMap(TensorProto::getName, Function.identity()));
        } catch (InvalidProtocolBufferException e) {
            throw new ExportException("the head is not an ONNX model", e);
        }
        Optional<Layer> hidden = layer(tensors, HeadGraph.HIDDEN_WEIGHTS, HeadGraph.HIDDEN_BIAS);
        return layer(tensors, HeadGraph.WEIGHTS, HeadGraph.BIAS).map(output -> new Head(hidden, output));
    }

    private static Optional<Layer> layer(Map<String, TensorProto> tensors, String weights, String bias) {
        if (!tensors.containsKey(weights) || !tensors.containsKey(bias)) {
            return Optional.empty();
        }
        TensorProto matrix = tensors.get(weights);
        return Optional.of(new Layer((int) matrix.getDims(0), values(matrix), values(tensors.get(bias))));
    }

    private static float[] values(TensorProto tensor) {
        float[] values = new float[tensor.getRawData().size() / Float.BYTES];
        tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
