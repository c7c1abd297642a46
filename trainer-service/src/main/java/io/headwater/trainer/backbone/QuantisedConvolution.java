package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The weights of one convolution as int8, symmetric, with a scale for each output channel, and its bias as int32 in the
 * scale that the products have: scale of the input times scale of the weights.
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
record QuantisedConvolution(byte[] weights, float[] scales, int[] bias, float[] biasScales) {
    private static final int LARGEST = 127;
    /** Far enough from overflow that the sum of all products fits beside it. */
    private static final double LARGEST_BIAS = 1 << 30;

    /**
     * Quantises.
     *
     * @param weights output channel by output channel
     * @param bias one number for each output channel, or none at all
     * @param channels output channels
     * @param inputScale of the uint8 that it reads
     */
    static QuantisedConvolution of(float[] weights, float[] bias, int channels, float inputScale) {
        int each = weights.length / channels;
        byte[] quantised = new byte[weights.length];
        float[] scales = new float[channels];
        int[] biases = new int[bias.length];
        float[] biasScales = new float[bias.length];
        for (int channel = 0; channel < channels; channel++) {
            float largest = 0;
            for (int i = channel * each; i < (channel + 1) * each; i++) {
                largest = Math.max(largest, Math.abs(weights[i]));
            }
            float scale = largest / LARGEST;
            if (bias.length > 0) {
                // A channel with next to no weights, but a bias: coarser weights, so that the bias can be written down.
                scale = Math.max(scale, (float) (Math.abs(bias[channel]) / (LARGEST_BIAS * inputScale)));
            }
            scales[channel] = scale < Float.MIN_NORMAL ? 1 : scale;
            for (int i = channel * each; i < (channel + 1) * each; i++) {
                quantised[i] = (byte) Math.round(weights[i] / scales[channel]);
            }
            if (bias.length > 0) {
                biasScales[channel] = inputScale * scales[channel];
                biases[channel] = (int) Math.rint(bias[channel] / (double) biasScales[channel]);
            }
        }
        return new QuantisedConvolution(quantised, scales, biases, biasScales);
    }

    /** The weights as an initialiser of this name. */
    TensorProto weights(String name, TensorProto like) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT8.getNumber())
                .addAllDims(like.getDimsList())
                .setRawData(ByteString.copyFrom(weights))
                .build();
    }

    /** The bias as an initialiser of this name. */
    TensorProto bias(String name) {
        ByteBuffer raw = ByteBuffer.allocate(bias.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asIntBuffer().put(bias);
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT32.getNumber())
                .addDims(bias.length)
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }
}
