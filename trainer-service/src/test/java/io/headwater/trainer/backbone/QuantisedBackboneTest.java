package io.headwater.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An int8 backbone, in ONNX Runtime. */
class QuantisedBackboneTest {
    private static final int SIZE = 96;
    private static final BackboneFile FP32 = BackboneSource.openimages(SIZE).acquire();
    private static final List<ByteBuffer> PICTURES = pictures(1, SIZE);
    private static final BackboneFile INT8 = QuantisedBackbone.of(FP32, PICTURES);

    @TempDir
    Path directory;

    @Test
    void embeds_nearly_as_the_backbone_that_it_is_made_of() throws Exception {
        for (ByteBuffer picture : pictures(2, SIZE)) {
            float[] expected = embedding(FP32, picture);
            float[] actual = embedding(INT8, picture);

            assertThat(actual).hasSize(2432);
            assertThat(cosine(expected, actual)).isGreaterThan(0.99);
        }
    }

    @Test
    void onnx_runtime_makes_one_int8_operator_of_every_convolution() throws Exception {
        Map<String, Long> operators =
                optimised(INT8).stream().collect(Collectors.groupingBy(NodeProto::getOpType, Collectors.counting()));

        assertThat(operators).containsEntry("QLinearConv", 52L).containsEntry("QLinearAdd", 10L);
        // What is not int8: the four averages. The picture is read as it is, and nothing is made uint8 on the way.
        assertThat(operators).doesNotContainKeys("Conv", "Clip", "Add", "QuantizeLinear", "Cast");
        assertThat(operators).containsEntry("DequantizeLinear", 4L);
    }

    @Test
    void is_the_same_file_for_the_same_pictures_and_another_backbone_for_others() {
        assertThat(QuantisedBackbone.of(FP32, pictures(1, SIZE)).id()).isEqualTo(INT8.id());
        assertThat(QuantisedBackbone.of(FP32, pictures(3, SIZE)).id()).isNotEqualTo(INT8.id());
        assertThat(INT8.id()).isNotEqualTo(FP32.id());
    }

    @Test
    void says_what_it_was_made_of() throws Exception {
        Map<String, String> properties = ModelProto.parseFrom(INT8.bytes()).getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));

        assertThat(INT8.name()).isEqualTo("openimages-int8");
        assertThat(properties)
                .containsEntry("headwater.precision", "int8")
                .containsEntry("headwater.source", FP32.id())
                .containsEntry("headwater.calibration.images", "8")
                .containsKey("headwater.calibration.sha256");
        assertThat(INT8.bytes().length).isLessThan(FP32.bytes().length * 3 / 10);
    }

    @Test
    void any_classifier_can_be_quantised_also_one_of_an_older_operator_set() throws Exception {
        byte[] file = Classifiers.small("N", 3L, "H", "W")
                .pool()
                .flatten()
                .gemm(5)
                .opset(12)
                .file("headwater.mean", "0.485,0.456,0.406", "headwater.std", "0.229,0.224,0.225");
        BackboneFile fp32 = ClassifierGraph.of("small", file, ClassifierOptions.NONE);

        BackboneFile int8 = QuantisedBackbone.of(fp32, pictures(1, fp32.inputSize()));

        ByteBuffer picture = pictures(2, fp32.inputSize()).get(0);
        assertThat(cosine(embedding(fp32, picture), embedding(int8, picture))).isGreaterThan(0.999);
        assertThat(optimised(int8)).extracting(NodeProto::getOpType).contains("QLinearConv");
    }

    @Test
    void what_has_no_convolution_or_a_newer_operator_set_is_refused() {
        byte[] newer = Classifiers.small("N", 3L, "H", "W")
                .pool()
                .flatten()
                .gemm(5)
                .opset(18)
                .file("headwater.range", "-1,1");
        BackboneFile other = ClassifierGraph.of("newer", newer, ClassifierOptions.NONE);

        assertThatThrownBy(() -> QuantisedBackbone.of(other, pictures(1, other.inputSize())))
                .isInstanceOf(BackboneException.class)
                .hasMessage(
                        "it uses the operator set 18, but int8 needs one from 13 to 17; export it again with such an"
                                + " opset version");
        assertThatThrownBy(() -> QuantisedBackbone.of(INT8, PICTURES))
                .isInstanceOf(BackboneException.class)
                .hasMessage("it has no convolution with float32 weights, so there is nothing to quantise");
    }

    @Test
    void zero_is_exact_and_the_range_holds_both_ends() {
        Quantisation range = Quantisation.of(-1.3f, 4.1f);

        assertThat((0 - range.zeroPoint()) * range.scale()).isEqualTo(-1.3f, within(range.scale()));
        assertThat((255 - range.zeroPoint()) * range.scale()).isEqualTo(4.1f, within(range.scale()));
        assertThat(Quantisation.of(2, 6)).isEqualTo(new Quantisation(6 / 255f, 0));
        assertThat(Quantisation.of(-6, -2).zeroPoint()).isEqualTo(255);
        assertThat(Quantisation.of(0, 0)).isEqualTo(new Quantisation(1, 0));
    }

    @Test
    void each_output_channel_has_its_own_scale_and_a_bias_that_does_not_overflow() {
        float[] weights = {1, -2, 1e-9f, 0, 0, 0};

        QuantisedConvolution quantised = QuantisedConvolution.of(weights, new float[] {3, 500, -7}, 3, 0.01f);

        assertThat(quantised.scales()[0]).isEqualTo(2 / 127f);
        assertThat(quantised.weights()).startsWith((byte) 64, (byte) -127);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(quantised.bias()[channel] * (double) quantised.biasScales()[channel])
                    .isEqualTo(new double[] {3, 500, -7}[channel], within(1e-3));
            assertThat(quantised.biasScales()[channel])
                    .isEqualTo(0.01f * quantised.scales()[channel]);
        }
    }

    private List<NodeProto> optimised(BackboneFile backbone) throws Exception {
        Path file = directory.resolve("optimised.onnx");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizedModelFilePath(file.toString());
            OrtEnvironment.getEnvironment()
                    .createSession(backbone.bytes(), options)
                    .close();
        }
        return ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeList();
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double square = 0;
        double otherSquare = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            square += one[i] * one[i];
            otherSquare += other[i] * other[i];
        }
        return product / Math.sqrt(square * otherSquare);
    }

    /** Eight pictures of soft random shapes; noise alone would tell nothing of pictures. */
    private static List<ByteBuffer> pictures(long seed, int size) {
        Random random = new Random(seed);
        return IntStream.range(0, 8).mapToObj(ignored -> picture(random, size)).toList();
    }

    private static ByteBuffer picture(Random random, int size) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(size * size * 3).order(ByteOrder.nativeOrder());
        double[] wave = random.doubles(9, 0.01, 0.2).toArray();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    double value = Math.sin(wave[channel] * x + 10 * wave[8]) * Math.cos(wave[3 + channel] * y);
                    pixels.put((byte) (128 + 110 * value + random.nextInt(16)));
                }
            }
        }
        return pixels.flip();
    }

    private static float[] embedding(BackboneFile backbone, ByteBuffer picture) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        int size = backbone.inputSize();
        try (OrtSession session = environment.createSession(backbone.bytes());
                OnnxTensor input = OnnxTensor.createTensor(
                        environment, picture.duplicate(), new long[] {1, size, size, 3}, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return ((float[][]) result.get("embedding").orElseThrow().getValue())[0];
        }
    }
}
