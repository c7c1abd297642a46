package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Writes small image classifiers of many shapes, with random weights that are the same every time. */
public final class Classifiers {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("classifier");
    private final Random random = new Random(7);
    private long irVersion = 7;
    private long opset = 13;
    private String last;
    private int channels = 3;

    /** Begins with an input of this shape; a number is fixed, a name is free. */
    Classifiers(String input, Object... shape) {
        this(input, DataType.FLOAT, shape);
    }

    Classifiers(String input, DataType type, Object... shape) {
        graph.addInput(OnnxNodes.value(input, type, shape));
        last = input;
    }

    /** Two convolutions with 8 channels, the second at half the size. */
    static Classifiers small(Object... shape) {
        return new Classifiers("data", shape)
                .convolution(8, 3, 2, 1)
                .relu()
                .convolution(8, 3, 1, 1)
                .relu();
    }

    /** A whole classifier, with 8 numbers before its last layer and pixels from -1 to 1. */
    public static byte[] smallFile() {
        return small("N", 3L, "H", "W").pool().flatten().gemm(5).softmax().file("headwater.range", "-1,1");
    }

    Classifiers opset(long version) {
        opset = version;
        return this;
    }

    Classifiers irVersion(long version) {
        irVersion = version;
        return this;
    }

    String last() {
        return last;
    }

    /** Goes on from another tensor. */
    Classifiers from(String tensor, int itsChannels) {
        last = tensor;
        channels = itsChannels;
        return this;
    }

    Classifiers convolution(int filters, int kernel, int stride, int group) {
        int number = graph.getNodeCount();
        weights("w" + number, filters, channels / group, kernel, kernel);
        weights("b" + number, filters);
        channels = filters;
        return node(
                "Conv",
                List.of(last, "w" + number, "b" + number),
                OnnxNodes.attribute("kernel_shape", List.of((long) kernel, (long) kernel)),
                OnnxNodes.attribute("strides", List.of((long) stride, (long) stride)),
                OnnxNodes.attribute("pads", List.of(kernel / 2L, kernel / 2L, kernel / 2L, kernel / 2L)),
                OnnxNodes.attribute("group", group));
    }

    Classifiers relu() {
        return node("Relu", List.of(last));
    }

    Classifiers pool() {
        return node("GlobalAveragePool", List.of(last));
    }

    Classifiers flatten() {
        return node("Flatten", List.of(last));
    }

    /** Fully connected, with the weights as PyTorch has them. */
    Classifiers gemm(int outputs) {
        int number = graph.getNodeCount();
        weights("w" + number, outputs, channels);
        weights("b" + number, outputs);
        channels = outputs;
        return node("Gemm", List.of(last, "w" + number, "b" + number), OnnxNodes.attribute("transB", 1));
    }

    Classifiers matMulAdd(int outputs) {
        int number = graph.getNodeCount();
        weights("w" + number, channels, outputs);
        weights("b" + number, outputs);
        channels = outputs;
        return node("MatMul", List.of(last, "w" + number)).node("Add", List.of(last, "b" + number));
    }

    Classifiers softmax() {
        return node("Softmax", List.of(last), OnnxNodes.attribute("axis", 1));
    }

    /** A node whose output is called {@code t} and its number. */
    Classifiers node(String type, List<String> inputs, AttributeProto... attributes) {
        last = "t" + graph.getNodeCount();
        graph.addNode(OnnxNodes.node(type, inputs, last, attributes));
        return this;
    }

    Classifiers weights(String name, int... shape) {
        int count = 1;
        int fan = 1;
        for (int i = 0; i < shape.length; i++) {
            count *= shape[i];
            fan *= i == 0 ? 1 : shape[i];
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * (shape.length == 1 ? 0.1 : Math.sqrt(2.0 / fan)));
        }
        long[] dimensions = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            dimensions[i] = shape[i];
        }
        graph.addInitializer(OnnxNodes.tensor(name, values, dimensions));
        return this;
    }

    Classifiers scalar(String name, float value) {
        graph.addInitializer(OnnxNodes.tensor(name, new float[] {value}));
        return this;
    }

    Classifiers integers(String name, long... values) {
        graph.addInitializer(integerTensor(name, values));
        return this;
    }

    static TensorProto integerTensor(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64.getNumber())
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }

    Classifiers output() {
        graph.addOutput(OnnxNodes.value(last, DataType.FLOAT, "N", (long) channels));
        return this;
    }

    Classifiers change(Consumer<GraphProto.Builder> change) {
        change.accept(graph);
        return this;
    }

    byte[] file(String... metadata) {
        if (graph.getOutputCount() == 0) {
            output();
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(irVersion)
                .setProducerName("test")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .setGraph(graph);
        for (int i = 0; i < metadata.length; i += 2) {
            model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(metadata[i]).setValue(metadata[i + 1]));
        }
        return model.build().toByteArray();
    }

    /**
     * A MobileNetV2 with an eighth of the channels, its nodes as in the Model Zoo's mobilenetv2-12.onnx (PyTorch's export):
     * a declared input of 224 pixels, batch normalisation folded, and before the Gemm a Reshape whose shape is computed
     * from the batch.
     *
     * @param batchNormalised whether batch normalisation is in nodes of its own instead
     */
    static Classifiers mobileNetV2(boolean batchNormalised) {
        Classifiers net = new Classifiers("input", "batch_size", 3L, 224L, 224L)
                .opset(12)
                .scalar("zero", 0)
                .scalar("six", 6);
        net.block(4, 3, 2, 1, batchNormalised, true);
        net.block(4, 3, 1, 4, batchNormalised, true).block(2, 1, 1, 1, batchNormalised, false);
        int[][] stages = {{24, 2, 2}, {32, 3, 2}, {64, 4, 2}, {96, 3, 1}, {160, 3, 2}, {320, 1, 1}};
        for (int[] stage : stages) {
            for (int i = 0; i < stage[1]; i++) {
                String before = net.last;
                int in = net.channels;
                net.block(6 * in, 1, 1, 1, batchNormalised, true)
                        .block(6 * in, 3, i == 0 ? stage[2] : 1, 6 * in, batchNormalised, true)
                        .block(stage[0] / 8, 1, 1, 1, batchNormalised, false);
                if (i > 0) {
                    net.node("Add", List.of(before, net.last));
                }
            }
        }
        net.block(160, 1, 1, 1, batchNormalised, true);
        String features = net.last;
        net.pool();
        String pooled = net.last;
        return net.integers("one", -1)
                .change(graph -> graph.addInitializer(TensorProto.newBuilder()
                        .setName("axis")
                        .setDataType(DataType.INT64.getNumber())
                        .addInt64Data(0)))
                .node("Shape", List.of(features))
                .node("Gather", List.of(net.last, "axis"), OnnxNodes.attribute("axis", 0))
                .node("Unsqueeze", List.of(net.last), OnnxNodes.attribute("axes", List.of(0L)))
                .node("Concat", List.of(net.last, "one"), OnnxNodes.attribute("axis", 0))
                .node("Reshape", List.of(pooled, net.last))
                .gemm(10);
    }

    private Classifiers block(
            int filters, int kernel, int stride, int group, boolean batchNormalised, boolean activated) {
        convolution(filters, kernel, stride, group);
        if (batchNormalised) {
            String number = "" + graph.getNodeCount();
            for (String name : List.of("scale", "shift", "mean", "var")) {
                float[] values = new float[filters];
                Arrays.fill(values, name.equals("scale") || name.equals("var") ? 1.5f : 0.1f);
                graph.addInitializer(OnnxNodes.tensor(name + number, values, filters));
            }
            node(
                    "BatchNormalization",
                    List.of(last, "scale" + number, "shift" + number, "mean" + number, "var" + number));
        }
        return activated ? node("Clip", List.of(last, "zero", "six")) : this;
    }
}
