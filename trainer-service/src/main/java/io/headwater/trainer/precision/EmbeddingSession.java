package io.headwater.trainer.precision;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.EmbeddingGraph;
import java.nio.ByteBuffer;
import java.util.Map;

/** A backbone in ONNX Runtime, on one thread. */
final class EmbeddingSession implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final long[] shape;

    EmbeddingSession(BackboneFile backbone) throws OrtException {
        shape = new long[] {1, backbone.inputSize(), backbone.inputSize(), 3};
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(backbone.bytes(), options);
        }
    }

    float[] embed(ByteBuffer pixels) throws OrtException {
        try (OnnxTensor input =
                        OnnxTensor.createTensor(environment, pixels.duplicate().clear(), shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(EmbeddingGraph.IMAGE, input))) {
            return ((float[][])
                            result.get(EmbeddingGraph.EMBEDDING).orElseThrow().getValue())
                    [0];
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
