package io.headwater.inference.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.headwater.inference.model.HeadForm.Graph;
import io.headwater.inference.model.HeadForm.Linear;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a {@code head.onnx}. */
final class HeadFile {
    private static final Set<String> FACTORS = Set.of("alpha", "beta");

    private HeadFile() {}

    /**
     * The form of a head. A graph counts as linear only if it is nothing but a Gemm and a Softmax over its classes; what is
     * read wrongly all the same is found by {@link Heads}, which compares the answers.
     *
     * @throws IllegalArgumentException if the file is no ONNX model
     */
    static HeadForm read(byte[] onnx, int dimension, int classes) {
        ModelProto model;
        try {
            model = ModelProto.parseFrom(onnx);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not an ONNX model: " + e.getMessage(), e);
        }
        Optional<Linear> linear = linear(model.getGraph(), dimension, classes);
        return linear.isPresent() ? linear.get() : new Graph(model);
    }

    /** Names of the inputs that a caller has to give. */
    static List<String> inputs(GraphProto graph) {
        Set<String> given =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        return graph.getInputList().stream()
                .map(input -> input.getName())
                .filter(name -> !given.contains(name))
                .toList();
    }

    private static Optional<Linear> linear(GraphProto graph, int dimension, int classes) {
        if (graph.getNodeCount() != 2
                || graph.getOutputCount() != 1
                || inputs(graph).size() != 1) {
            return Optional.empty();
        }
        NodeProto gemm = graph.getNode(0);
        NodeProto softmax = graph.getNode(1);
        boolean chained = gemm.getInputCount() == 3
                && gemm.getInput(0).equals(inputs(graph).get(0))
                && softmax.getInputCount() == 1
                && softmax.getInput(0).equals(gemm.getOutput(0))
                && softmax.getOutput(0).equals(graph.getOutput(0).getName());
        if (!chained || !isPlainGemm(gemm) || !isSoftmaxOverClasses(softmax)) {
            return Optional.empty();
        }
        boolean transposed = gemm.getAttributeList().stream()
                .anyMatch(attribute -> attribute.getName().equals("transB") && attribute.getI() == 1);
        List<Long> shape =
                transposed ? List.of((long) classes, (long) dimension) : List.of((long) dimension, (long) classes);
        Optional<float[]> weights = floats(graph, gemm.getInput(1), shape);
        Optional<float[]> bias = floats(graph, gemm.getInput(2), List.of((long) classes));
        return weights.flatMap(w -> bias.map(b -> new Linear(transposed ? transpose(w, classes, dimension) : w, b)));
    }

    private static boolean isPlainGemm(NodeProto node) {
        return node.getOpType().equals("Gemm")
                && node.getDomain().isEmpty()
                && node.getAttributeList().stream()
                        .allMatch(attribute -> FACTORS.contains(attribute.getName())
                                ? attribute.getF() == 1
                                : attribute.getName().equals("transB") || attribute.getI() == 0);
    }

    private static boolean isSoftmaxOverClasses(NodeProto node) {
        return node.getOpType().equals("Softmax")
                && node.getDomain().isEmpty()
                && node.getAttributeList().stream()
                        .filter(attribute -> attribute.getName().equals("axis"))
                        .map(AttributeProto::getI)
                        .allMatch(axis -> axis == 1 || axis == -1);
    }

    private static Optional<float[]> floats(GraphProto graph, String name, List<Long> shape) {
        return graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals(name)
                        && tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()
                        && tensor.getDataLocation() == TensorProto.DataLocation.DEFAULT
                        && tensor.getDimsList().equals(shape))
                .findFirst()
                .map(HeadFile::floats)
                .filter(values -> values.length
                        == shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b));
    }

    private static float[] floats(TensorProto tensor) {
        float[] values;
        if (tensor.hasRawData()) {
            FloatBuffer raw = tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            values = new float[raw.remaining()];
            raw.get(values);
        } else {
            values = new float[tensor.getFloatDataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.getFloatData(i);
            }
        }
        return values;
    }

    private static float[] transpose(float[] matrix, int rows, int columns) {
        float[] turned = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = matrix[row * columns + column];
            }
        }
        return turned;
    }
}
