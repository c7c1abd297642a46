package io.headwater.trainer.export;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.headwater.trainer.backbone.EmbeddingGraph;
import io.headwater.trainer.trainingset.EmbeddingRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** An ONNX file of ours in ONNX Runtime, on one thread. */
public final class OnnxModel implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 512;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /**
     * Loads a model.
     *
     * @throws ExportException if ONNX Runtime does not take it
     */
    public OnnxModel(byte[] bytes) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(bytes, options);
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime does not load the model: " + e.getMessage(), e);
        }
    }

    /**
     * What a whole model says of images.
     *
     * @param probabilities {@code [N][C]}
     * @param embedding {@code [N][D]}
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    public record Answer(float[][] probabilities, float[][] embedding) {}

    /** A head's probabilities of embeddings: {@code [N][C]}. */
    public float[][] probabilities(EmbeddingRows embeddings) {
        float[][] probabilities = new float[embeddings.rows()][];
        int dimension = embeddings.dimension();
        for (int from = 0; from < embeddings.rows(); from += ROWS_AT_ONCE) {
            int rows = Math.min(ROWS_AT_ONCE, embeddings.rows() - from);
            FloatBuffer values = ByteBuffer.allocateDirect(rows * dimension * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int row = 0; row < rows; row++) {
                embeddings.read(from + row, values);
            }
            values.flip();
            try (OnnxTensor input = OnnxTensor.createTensor(environment, values, new long[] {rows, dimension});
                    OrtSession.Result result = session.run(Map.of(EmbeddingGraph.EMBEDDING, input))) {
                System.arraycopy(matrix(result, HeadGraph.PROBABILITIES), 0, probabilities, from, rows);
            } catch (OrtException e) {
                throw new ExportException("ONNX Runtime can't run the head: " + e.getMessage(), e);
            }
        }
        return probabilities;
    }

    /** A model's answer to images: uint8 {@code [N, size, size, 3]} RGB. */
    public Answer classify(byte[] pixels, int size) {
        long images = pixels.length / (3L * size * size);
        ByteBuffer values = ByteBuffer.allocateDirect(pixels.length)
                .order(ByteOrder.nativeOrder())
                .put(pixels)
                .flip();
        try (OnnxTensor input = OnnxTensor.createTensor(
                        environment, values, new long[] {images, size, size, 3}, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(EmbeddingGraph.IMAGE, input))) {
            return new Answer(matrix(result, HeadGraph.PROBABILITIES), matrix(result, EmbeddingGraph.EMBEDDING));
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime can't run the model: " + e.getMessage(), e);
        }
    }

    /** The file's {@code metadata_props}. */
    public Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime can't read the metadata: " + e.getMessage(), e);
        }
    }

    private static float[][] matrix(OrtSession.Result result, String output) throws OrtException {
        return (float[][]) result.get(output)
                .orElseThrow(() -> new ExportException("the model has no output " + output))
                .getValue();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime can't close the model: " + e.getMessage(), e);
        }
    }
}
