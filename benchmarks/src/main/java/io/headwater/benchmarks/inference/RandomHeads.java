package io.headwater.benchmarks.inference;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.headwater.artifacts.Sha256;
import io.headwater.events.ServedModel;
import io.headwater.trainer.backbone.EmbeddingGraph;
import io.headwater.trainer.backbone.OnnxNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Linear heads as the trainer writes them, with random weights. */
final class RandomHeads {
    private static final long IR_VERSION = 7;

    private RandomHeads() {}

    /**
     * A head.
     *
     * @param weights {@code [dimension, classes]}, row by row
     * @param bias {@code [classes]}
     * @param onnx its file
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record RandomHead(float[] weights, float[] bias, byte[] onnx) {}

    static RandomHead of(long seed, int dimension, int classes) {
        Random random = new Random(seed);
        float[] weights = gaussian(random, dimension * classes);
        float[] bias = gaussian(random, classes);
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("random-head")
                .addInput(OnnxNodes.value(EmbeddingGraph.EMBEDDING, TensorProto.DataType.FLOAT, "N", (long) dimension))
                .addOutput(OnnxNodes.value("probabilities", TensorProto.DataType.FLOAT, "N", (long) classes))
                .addInitializer(OnnxNodes.tensor("weights", weights, dimension, classes))
                .addInitializer(OnnxNodes.tensor("bias", bias, classes))
                .addNode(OnnxNodes.node("Gemm", List.of(EmbeddingGraph.EMBEDDING, "weights", "bias"), "logits"))
                .addNode(OnnxNodes.node("Softmax", List.of("logits"), "probabilities", OnnxNodes.attribute("axis", 1)));
        return new RandomHead(
                weights,
                bias,
                ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder().setDomain("").setVersion(EmbeddingGraph.OPSET))
                        .setGraph(graph)
                        .build()
                        .toByteArray());
    }

    /** Puts a head's file into a store, as the trainer would. */
    static ServedModel put(Path store, long version, byte[] onnx, int classes) throws IOException {
        String uri = "head-" + version + "-" + classes + ".onnx";
        Files.write(store.resolve(uri), onnx);
        return new ServedModel(version, labels(classes), uri, Sha256.of(onnx), (long) onnx.length);
    }

    /** Deletes a store that has no directories in it. */
    static void delete(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(store);
    }

    /** Names of so many classes. */
    static List<String> labels(int classes) {
        return IntStream.range(0, classes).mapToObj(i -> "class-" + i).toList();
    }

    private static float[] gaussian(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian() / 50;
        }
        return numbers;
    }
}
