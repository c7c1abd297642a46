package io.headwater.trainer.backbone;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.headwater.trainer.backbone.Tap.Form;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs a graph in ONNX Runtime before anything is built on it. */
final class Trial implements AutoCloseable {
    private static final float TOLERANCE = 1e-3f;
    private static final int MAPS_AXES = 4;
    private static final int TOKENS_AXES = 3;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final int inputSize;
    private final byte[] pictures;

    /**
     * @param model input {@code image} uint8 {@code [N, S, S, 3]}
     * @param inputSize S, pixels
     * @throws BackboneException if ONNX Runtime doesn't load it; the message begins with "it"
     */
    Trial(byte[] model, int inputSize) {
        this.inputSize = inputSize;
        pictures = new byte[2 * inputSize * inputSize * 3];
        new Random(1).nextBytes(pictures);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(model, options);
        } catch (OrtException e) {
            throw new BackboneException("it can't be loaded by ONNX Runtime: " + e.getMessage(), e);
        }
    }

    /** What each of the outputs looks like, with a tap that suits it, and how many numbers that gives. */
    record Sight(Tap tap, int width) {}

    /**
     * Looks at the tensors that a probe has as outputs.
     *
     * @throws BackboneException if it can't be run, or one has a shape that says nothing of a picture
     */
    List<Sight> sights(List<String> tensors) {
        try (OnnxTensor input = input(0, 1);
                OrtSession.Result result = session.run(Map.of(EmbeddingGraph.IMAGE, input))) {
            List<Sight> sights = new ArrayList<>();
            for (String tensor : tensors) {
                sights.add(sight(tensor, result.get(tensor).orElseThrow()));
            }
            return sights;
        } catch (OrtException e) {
            throw new BackboneException(
                    "it can't be run with images of " + inputSize + " x " + inputSize
                            + " pixels; headwater.backbone.input-size sets another size. ONNX Runtime says: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Sight sight(String tensor, OnnxValue value) throws OrtException {
        long[] shape = value.getInfo() instanceof TensorInfo info ? info.getShape() : new long[0];
        if (shape.length < 2 || shape[0] != 1) {
            throw new BackboneException("its tensor " + tensor + " is " + Arrays.toString(shape)
                    + " for one image, but must have the image's number as its first axis");
        }
        boolean half = value.getInfo() instanceof TensorInfo info && info.type == OnnxJavaType.FLOAT16;
        Form form = Form.ROW;
        int width = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        if (shape.length == MAPS_AXES && shape[2] * shape[3] > 1) {
            form = Form.MAPS;
            width = (int) shape[1];
        } else if (shape.length == TOKENS_AXES && shape[1] > 1) {
            form = Form.TOKENS;
            width = (int) shape[2];
        }
        return new Sight(new Tap(tensor, form, half), width);
    }

    /**
     * Checks that two pictures together give what each gives alone, and that these are numbers, and not the same ones.
     *
     * @throws BackboneException if not; the message begins with "it"
     */
    void check() {
        float[] first = embeddings(0, 1)[0];
        float[] second = embeddings(1, 1)[0];
        for (float number : first) {
            if (!Float.isFinite(number)) {
                throw new BackboneException("it gives " + number + " for an image of noise; check how the pixels are"
                        + " normalised: headwater.backbone.mean, .std and .range");
            }
        }
        if (Arrays.equals(first, second)) {
            throw new BackboneException("it gives the same embedding for different images; check how the pixels are"
                    + " normalised: headwater.backbone.mean, .std and .range");
        }
        float[][] both = embeddings(0, 2);
        if (both.length != 2 || differs(both[0], first) || differs(both[1], second)) {
            throw new BackboneException("it gives something else for two images at once than for each alone;"
                    + " export it with a free batch size");
        }
    }

    private static boolean differs(float[] one, float[] other) {
        float largest = 1;
        float difference = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i]));
            difference = Math.max(difference, Math.abs(one[i] - other[i]));
        }
        return difference > TOLERANCE * largest;
    }

    private float[][] embeddings(int from, int images) {
        try (OnnxTensor input = input(from, images);
                OrtSession.Result result = session.run(Map.of(EmbeddingGraph.IMAGE, input))) {
            return (float[][])
                    result.get(EmbeddingGraph.EMBEDDING).orElseThrow().getValue();
        } catch (OrtException e) {
            throw new BackboneException(
                    "it can't be run with " + images + (images == 1 ? " image" : " images at once")
                            + "; export it with a free batch size. ONNX Runtime says: " + e.getMessage(),
                    e);
        }
    }

    private OnnxTensor input(int from, int images) throws OrtException {
        int length = inputSize * inputSize * 3;
        ByteBuffer pixels = ByteBuffer.allocateDirect(images * length)
                .order(ByteOrder.nativeOrder())
                .put(pictures, from * length, images * length)
                .flip();
        return OnnxTensor.createTensor(
                environment, pixels, new long[] {images, inputSize, inputSize, 3}, OnnxJavaType.UINT8);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new BackboneException("ONNX Runtime can't close the backbone: " + e.getMessage(), e);
        }
    }
}
