package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * How a network wants its picture: {@code x = (pixel - offset) / divisor} for each channel, pixel from 0 to 255.
 *
 * @param layout the order of the axes
 * @param order the order of the channels
 * @param offset of each of the three channels, in {@code order}
 * @param divisor of each of the three channels, in {@code order}
 */
record PixelFormat(Layout layout, ChannelOrder order, List<Float> offset, List<Float> divisor) {

    /** {@code [N, 3, H, W]} or {@code [N, H, W, 3]}. */
    enum Layout {
        NCHW,
        NHWC
    }

    /** Whether red or blue is first. */
    enum ChannelOrder {
        RGB,
        BGR
    }

    private static final float HALF_RANGE = 127.5f;
    private static final int CHANNELS = 3;

    PixelFormat {
        offset = List.copyOf(offset);
        divisor = List.copyOf(divisor);
    }

    /**
     * The format of a network that scales 0 to 255 to {@code low} to {@code high}, and then takes {@code mean} away and
     * divides by {@code deviation}.
     *
     * @param mean one for each channel, in the scale of {@code low} to {@code high}
     * @param deviation likewise
     */
    static PixelFormat of(
            Layout layout, ChannelOrder order, double low, double high, List<Double> mean, List<Double> deviation) {
        double unit = 255 / (high - low);
        return new PixelFormat(
                layout,
                order,
                mean.stream().map(value -> (float) ((value - low) * unit)).toList(),
                deviation.stream().map(value -> (float) (value * unit)).toList());
    }

    /**
     * Adds the nodes that bring the axes and channels of the uint8 {@code [N, H, W, 3]} RGB tensor {@code image} into the
     * network's order.
     *
     * @return the name of the result, uint8
     */
    String addArrangement(GraphProto.Builder graph, String image) {
        String last = image;
        if (layout == Layout.NCHW) {
            graph.addNode(OnnxNodes.node(
                    "Transpose", List.of(last), "planes", OnnxNodes.attribute("perm", List.of(0L, 3L, 1L, 2L))));
            last = "planes";
        }
        if (order == ChannelOrder.BGR) {
            graph.addInitializer(reversed());
            graph.addNode(OnnxNodes.node(
                    "Gather",
                    List.of(last, "blue_first"),
                    "planes_bgr",
                    OnnxNodes.attribute("axis", layout == Layout.NCHW ? 1 : CHANNELS)));
            last = "planes_bgr";
        }
        return last;
    }

    /**
     * Adds the nodes that turn the uint8 {@code [N, H, W, 3]} RGB tensor {@code image} into what the network takes, but
     * for the division.
     *
     * @return the name of the result, float32
     */
    String addOffset(GraphProto.Builder graph, String image) {
        String arranged = addArrangement(graph, image);
        graph.addNode(OnnxNodes.node(
                "Cast",
                List.of(arranged),
                "planes_float",
                OnnxNodes.attribute("to", TensorProto.DataType.FLOAT.getNumber())));
        return arithmetic(graph, "Sub", "planes_float", offset, offsetName(), "centred");
    }

    /**
     * Adds the division.
     *
     * @return the name of the result, float32
     */
    String addDivision(GraphProto.Builder graph, String centred) {
        return arithmetic(graph, "Div", centred, divisor, "pixel_divisor", "normalised");
    }

    private String offsetName() {
        return offset.stream().allMatch(value -> value == HALF_RANGE) ? "half_range" : "pixel_offset";
    }

    private String arithmetic(
            GraphProto.Builder graph, String type, String input, List<Float> values, String name, String output) {
        float[] numbers = new float[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            numbers[channel] = values.get(channel);
        }
        boolean alike = values.stream().distinct().count() == 1;
        long[] shape = layout == Layout.NCHW ? new long[] {CHANNELS, 1, 1} : new long[] {CHANNELS};
        graph.addInitializer(
                alike ? OnnxNodes.tensor(name, Arrays.copyOf(numbers, 1)) : OnnxNodes.tensor(name, numbers, shape));
        graph.addNode(OnnxNodes.node(type, List.of(input, name), output));
        return output;
    }

    private static TensorProto reversed() {
        ByteBuffer indices = ByteBuffer.allocate(CHANNELS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        indices.asLongBuffer().put(new long[] {2, 1, 0});
        return TensorProto.newBuilder()
                .setName("blue_first")
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(CHANNELS)
                .setRawData(ByteString.copyFrom(indices))
                .build();
    }
}
