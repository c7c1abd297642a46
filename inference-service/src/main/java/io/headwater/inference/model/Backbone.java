package io.headwater.inference.model;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;

/** The frozen network that turns a picture into an embedding. Thread safe. */
public final class Backbone implements AutoCloseable {
    private static final String PRECISION = "headwater.precision";
    private static final String FLOAT32 = "fp32";

    private final BackboneSession session;
    private final String id;
    private final int inputSize;
    private final int dimension;
    private final String precision;

    private Backbone(BackboneSession session, String id, int inputSize, int dimension, String precision) {
        this.session = session;
        this.id = id;
        this.inputSize = inputSize;
        this.dimension = dimension;
        this.precision = precision;
    }

    /**
     * Loads a backbone and runs it once, so that the first image is not slower than the others and a graph of another
     * shape is refused here.
     *
     * @param id SHA-256 of the file
     * @param onnx input uint8 {@code [N, H, W, 3]}, output float32 {@code [N, dimension]}
     * @param inputSize H and W, pixels
     * @param dimension D
     * @param engine what runs it
     * @throws IllegalArgumentException if the graph is not such a one
     */
    public static Backbone load(String id, byte[] onnx, int inputSize, int dimension, Engine engine) {
        String precision = precision(onnx);
        return new Backbone(
                BackboneSession.load(engine, "backbone " + id, onnx, inputSize, dimension),
                id,
                inputSize,
                dimension,
                precision);
    }

    private static String precision(byte[] onnx) {
        try {
            return ModelProto.parseFrom(onnx).getMetadataPropsList().stream()
                    .filter(property -> property.getKey().equals(PRECISION))
                    .map(StringStringEntryProto::getValue)
                    .findFirst()
                    .orElse(FLOAT32);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not an ONNX model: " + e.getMessage(), e);
        }
    }

    /**
     * Embeds one picture.
     *
     * @param pixels uint8 {@code [inputSize, inputSize, 3]} RGB, direct, native order
     * @param embedding takes the {@code dimension} numbers
     * @throws IllegalArgumentException if ONNX Runtime fails
     */
    public void embed(ByteBuffer pixels, float[] embedding) {
        session.run(pixels, embedding);
    }

    /** SHA-256 of the file. */
    public String id() {
        return id;
    }

    /** H and W of the input, pixels. */
    public int inputSize() {
        return inputSize;
    }

    /** D, the length of an embedding. */
    public int dimension() {
        return dimension;
    }

    /** What its weights are: {@code fp32}, or {@code int8} where the file says so. */
    public String precision() {
        return precision;
    }

    @Override
    public void close() {
        session.close();
    }
}
