package io.headwater.inference.v2.infer;

import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Scores;
import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.picture.UnreadableImageException;
import io.headwater.inference.v2.model.ServedVersion;
import io.headwater.inference.v2.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;

/** From one image to its answers, as the stream does it. One per thread: it keeps buffers. */
final class ImageScorer {
    private final IntFunction<PictureReader> readers;

    private int size;
    private PictureReader reader;
    private ByteBuffer pixels;

    /**
     * @param readers from the size of the backbone's input to a reader
     */
    ImageScorer(IntFunction<PictureReader> readers) {
        this.readers = readers;
    }

    /**
     * Answers for one image.
     *
     * @throws ProtocolException with 400 if it can't be decoded, with 500 if ONNX Runtime fails on it
     */
    void score(Images images, int index, ServedVersion served, Answers answers) throws ProtocolException {
        Backbone backbone = served.generation().backbone();
        ByteBuffer input = images instanceof Images.Pixels decoded
                ? decoded.of(index)
                : decode(((Images.Encoded) images).jpegs().get(index), index, backbone.inputSize());
        try {
            float[] vector = new float[backbone.dimension()];
            backbone.embed(input, vector);
            if (answers.wantEmbeddings()) {
                answers.embedding(index, vector);
            }
            if (answers.wantProbabilities()) {
                long version = served.head().version();
                Scores scores = served.generation().score(vector);
                if (!scores.isAnswer(version)) {
                    throw new ProtocolException(
                            500,
                            "image " + index + ": "
                                    + scores.failure().orElse("version " + version + " gives no probabilities for it"));
                }
                answers.probabilities(index, scores.probabilities(version));
            }
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(500, "image " + index + ": " + e.getMessage());
        }
    }

    private ByteBuffer decode(byte[] jpeg, int index, int inputSize) throws ProtocolException {
        if (reader == null || size != inputSize) {
            size = inputSize;
            reader = readers.apply(size);
            pixels = ByteBuffer.allocateDirect(size * size * 3).order(ByteOrder.nativeOrder());
        }
        try {
            reader.read(jpeg, pixels);
            return pixels;
        } catch (UnreadableImageException e) {
            throw ProtocolException.badRequest("image " + index + ": " + e.getMessage());
        }
    }
}
