package io.headwater.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.headwater.trainer.backbone.PixelFormat.ChannelOrder;
import io.headwater.trainer.backbone.PixelFormat.Layout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The embedding is what the classifier's own last layer sees, for every kind of classifier. */
class ClassifierGraphTest {
    private static final int SIZE = 32;
    private static final ClassifierOptions PYTORCH = options("0,1", "0.485,0.456,0.406", "0.229,0.224,0.225", "rgb");
    private static final byte[] PIXELS = new byte[SIZE * SIZE * 3];

    static {
        new Random(5).nextBytes(PIXELS);
    }

    @Test
    void a_gemm_behind_a_flatten() throws Exception {
        Classifiers net = Classifiers.small("N", 3L, "H", "W").pool().flatten();
        String embedding = net.last();

        seesTheSame(net.gemm(5).softmax().file(), embedding, PYTORCH, 8);
    }

    @Test
    void a_mat_mul_and_an_add_behind_a_mean_and_a_dropout() throws Exception {
        Classifiers net = Classifiers.small("N", 3L, "H", "W");
        net.node(
                "ReduceMean",
                List.of(net.last()),
                OnnxNodes.attribute("axes", List.of(2L, 3L)),
                OnnxNodes.attribute("keepdims", 0));
        String embedding = net.last();

        seesTheSame(
                net.node("Dropout", List.of(embedding)).matMulAdd(5).softmax().file(), embedding, PYTORCH, 8);
    }

    @Test
    void a_convolution_of_one_by_one_behind_the_pooling() throws Exception {
        Classifiers net = Classifiers.small("N", 3L, "H", "W").pool();
        String embedding = net.last();

        seesTheSame(net.convolution(5, 1, 1, 1).flatten().softmax().file(), embedding, PYTORCH, 8);
    }

    @Test
    void a_hidden_layer_before_the_last_one() throws Exception {
        Classifiers net =
                Classifiers.small("N", 3L, "H", "W").pool().flatten().gemm(6).relu();
        String embedding = net.last();

        seesTheSame(net.gemm(5).file(), embedding, PYTORCH, 6);
    }

    @Test
    void a_reshape_that_is_fixed_to_one_picture_is_left_out() throws Exception {
        Classifiers net = Classifiers.small(1L, 3L, 32L, 32L).pool();
        String pooled = net.last();
        net.integers("fixed", 1, 8).node("Reshape", List.of(pooled, "fixed"));

        seesTheSame(net.gemm(5).file(), pooled, PYTORCH, 8);
    }

    @Test
    void outputs_before_the_classes_are_no_ends_of_their_own() throws Exception {
        Classifiers net = Classifiers.small("N", 3L, "H", "W")
                .pool()
                .flatten()
                .gemm(6)
                .output()
                .relu();
        String embedding = net.last();

        seesTheSame(net.gemm(5).output().file(), embedding, PYTORCH, 6);
    }

    @Test
    void channels_last_blue_first_and_pixels_as_they_are() throws Exception {
        Classifiers net = new Classifiers("x", "N", "H", "W", 3L);
        net.node("Transpose", List.of("x"), OnnxNodes.attribute("perm", List.of(0L, 3L, 1L, 2L)))
                .convolution(8, 3, 2, 1)
                .relu()
                .pool()
                .flatten();
        String embedding = net.last();

        seesTheSame(net.gemm(5).file(), embedding, options("0,255", "103.9,116.8,123.7", "1", "bgr"), 8);
    }

    @Test
    void blue_first_with_a_scale_for_each_channel() throws Exception {
        Classifiers net = Classifiers.small("N", 3L, "H", "W").pool().flatten();
        String embedding = net.last();

        seesTheSame(net.gemm(5).file(), embedding, options("0,1", "0.4,0.45,0.5", "0.2,0.25,0.3", "bgr"), 8);
    }

    @Test
    void names_that_a_model_needs_for_itself_may_be_in_it() throws Exception {
        Classifiers net = new Classifiers("image", "N", 3L, "H", "W")
                .convolution(8, 3, 2, 1)
                .relu()
                .pool()
                .flatten();
        String flat = net.last();
        byte[] file = net.change(graph -> graph.addNode(OnnxNodes.node("Identity", List.of(flat), "embedding"))
                        .addNode(OnnxNodes.node("Relu", List.of("embedding"), "logits")))
                .from("logits", 8)
                .gemm(5)
                .file();

        seesTheSame(file, flat, PYTORCH, 8);
        assertThat(ModelProto.parseFrom(ClassifierGraph.of("n", file, PYTORCH).bytes())
                        .getGraph()
                        .getNodeList())
                .noneMatch(node -> node.getOutputList().contains("logits"));
    }

    @Test
    void weights_of_float16() throws Exception {
        Classifiers net = Classifiers.small("N", 3L, "H", "W").pool().flatten();
        String flat = net.last();
        net.node("Cast", List.of(flat), OnnxNodes.attribute("to", DataType.FLOAT16.getNumber()));
        String half = net.last();
        net.change(graph -> {
            graph.addNode(OnnxNodes.node(
                    "Cast", List.of("w_float"), "w_half", OnnxNodes.attribute("to", DataType.FLOAT16.getNumber())));
        });
        byte[] file = net.weights("w_float", 8, 5)
                .node("MatMul", List.of(half, "w_half"))
                .change(graph -> graph.addOutput(ValueInfoProto.newBuilder().setName(net.last())))
                .file();

        BackboneFile backbone = ClassifierGraph.of("n", file, PYTORCH);

        assertThat(backbone.dimension()).isEqualTo(8);
    }

    @Test
    void a_model_of_uint8_pixels_needs_no_normalisation() throws Exception {
        byte[] ours = ClassifierGraph.of(
                        "n",
                        Classifiers.small("N", 3L, "H", "W")
                                .pool()
                                .flatten()
                                .gemm(5)
                                .file(),
                        PYTORCH)
                .bytes();
        ModelProto embedding = ModelProto.parseFrom(ours);
        byte[] whole = embedding.toBuilder()
                .setGraph(embedding.getGraph().toBuilder()
                        .addInitializer(OnnxNodes.tensor("head", new float[24], 8, 3))
                        .addNode(OnnxNodes.node("MatMul", List.of("embedding", "head"), "classes"))
                        .clearOutput()
                        .addOutput(OnnxNodes.value("classes", DataType.FLOAT, "N", 3L)))
                .build()
                .toByteArray();

        BackboneFile again = ClassifierGraph.of("n", whole, ClassifierOptions.NONE);

        assertThat(again.dimension()).isEqualTo(8);
        assertThat(again.inputSize()).isEqualTo(SIZE);
        assertThat(embedding(again, SIZE)).containsExactly(embedding(ours, SIZE), within(1e-5f));
    }

    @Test
    void metadata_say_what_the_configuration_does_not() throws Exception {
        byte[] file = Classifiers.small("N", "C", "H", "W")
                .pool()
                .flatten()
                .gemm(5)
                .file(
                        "headwater.layout",
                        "nchw",
                        "headwater.range",
                        "-1,1",
                        "headwater.channel-order",
                        "bgr",
                        "headwater.input-size",
                        "64",
                        "headwater.taps",
                        "t1,t3");

        BackboneFile backbone = ClassifierGraph.of("n", file, ClassifierOptions.NONE);

        assertThat(backbone.inputSize()).isEqualTo(64);
        assertThat(backbone.dimension()).isEqualTo(16);
        ModelProto.parseFrom(backbone.bytes());
        assertThat(ModelProto.parseFrom(backbone.bytes()).getMetadataPropsList())
                .isEmpty();
    }

    @Test
    void the_keys_that_onnx_itself_has_for_pixels_are_read() {
        byte[] file = Classifiers.small("N", 3L, "H", "W")
                .pool()
                .flatten()
                .gemm(5)
                .file("Image.NominalPixelRange", "Normalized_1_1", "Image.BitmapPixelFormat", "Bgr8");

        assertThat(ClassifierGraph.of("n", file, ClassifierOptions.NONE).id())
                .isEqualTo(ClassifierGraph.of(
                                "n", file, options("-1,1", "0", "1", "bgr", Optional.empty(), Optional.empty()))
                        .id());
    }

    @Test
    void taps_of_maps_are_averaged_and_of_tokens_too() throws Exception {
        Classifiers net = Classifiers.small("N", 3L, "H", "W");
        String maps = net.last();
        net.integers("tokens", 0, 8, -1).node("Reshape", List.of(maps, "tokens"));
        net.node("Transpose", List.of(net.last()), OnnxNodes.attribute("perm", List.of(0L, 2L, 1L)));
        String tokens = net.last();
        byte[] file = net.from(maps, 8).pool().flatten().gemm(5).file();
        float[] embedding = embedding(
                ClassifierGraph.of("n", file, taps(PYTORCH, maps, tokens)).bytes(), SIZE);

        assertThat(embedding).hasSize(16);
        assertThat(Arrays.copyOfRange(embedding, 8, 16)).containsExactly(Arrays.copyOf(embedding, 8), within(1e-5f));
    }

    @Test
    void a_mobile_net_of_the_model_zoo_has_four_taps() throws Exception {
        for (boolean batchNormalised : new boolean[] {false, true}) {
            byte[] file = Classifiers.mobileNetV2(batchNormalised).file();

            BackboneFile backbone = ClassifierGraph.of("imagenet", file, ImageNetBackbone.options(SIZE));

            assertThat(backbone.dimension()).isEqualTo(160 + 72 + 48 + 24);
            float[] embedding = embedding(backbone.bytes(), SIZE);
            float[] own =
                    embedding(ClassifierGraph.of("imagenet", file, PYTORCH).bytes(), SIZE);
            assertThat(Arrays.copyOf(embedding, 160)).containsExactly(own, within(1e-4f));
            for (float average : embedding) {
                assertThat(average).as("an average of what a Clip left").isBetween(0f, 6f);
            }
        }
    }

    @Test
    void the_taps_are_found_by_structure_where_their_names_say_the_same() throws Exception {
        TensorGraph graph =
                new TensorGraph(ModelProto.parseFrom(BundledBackbone.file()).getGraph());

        assertThat(MobileNetV2.taps(graph))
                .containsExactly(
                        "Conv_1_relu6", "block_13_expand_relu6", "block_10_expand_relu6", "block_6_expand_relu6");
    }

    @Test
    @EnabledIfSystemProperty(
            named = "headwater.test.classifier",
            matches = ".+",
            disabledReason = "it names a whole MobileNetV2 with the outputs features and logits, input -1 to 1")
    void a_whole_classifier_that_somebody_has() throws Exception {
        byte[] file = Files.readAllBytes(Path.of(System.getProperty("headwater.test.classifier")));
        ClassifierOptions tensorFlow = options("-1,1", "0", "1", "rgb");

        assertThat(embedding(ClassifierGraph.of("n", file, tensorFlow).bytes(), SIZE))
                .containsExactly(reference(file, "features", tensorFlow), within(1e-3f));
        assertThat(ClassifierGraph.of("n", file, taps(tensorFlow, MobileNetV2.NAME))
                        .dimension())
                .isEqualTo(EmbeddingGraph.DIMENSION);
    }

    @Test
    void another_size_than_the_declared_one_may_be_asked_for() {
        byte[] file =
                Classifiers.small("N", 3L, 224L, 224L).pool().flatten().gemm(5).file();

        assertThat(ClassifierGraph.of("n", file, PYTORCH).inputSize()).isEqualTo(SIZE);
        assertThat(ClassifierGraph.of("n", file, options("0,1", "0", "1", "rgb", Optional.empty(), Optional.empty()))
                        .inputSize())
                .isEqualTo(224);
    }

    /** Runs the classifier itself on normalised pixels, with the tensor as an output, and the backbone made of it. */
    private static void seesTheSame(byte[] file, String tensor, ClassifierOptions options, int dimension)
            throws Exception {
        BackboneFile backbone = ClassifierGraph.of("n", file, options);

        assertThat(backbone.dimension()).isEqualTo(dimension);
        assertThat(backbone.inputSize()).isEqualTo(SIZE);
        ModelProto model = ModelProto.parseFrom(file);
        byte[] opened = model.toBuilder()
                .setGraph(model.getGraph().toBuilder()
                        .addOutput(ValueInfoProto.newBuilder().setName(tensor)))
                .build()
                .toByteArray();
        assertThat(embedding(backbone.bytes(), SIZE))
                .containsExactly(reference(opened, tensor, options), within(1e-4f));
    }

    private static float[] reference(byte[] file, String tensor, ClassifierOptions options) throws Exception {
        boolean last = ModelProto.parseFrom(file)
                        .getGraph()
                        .getInput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(3)
                        .getDimValue()
                == 3;
        FloatBuffer input = ByteBuffer.allocateDirect(PIXELS.length * 4)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        double low = options.range().orElseThrow().get(0);
        double high = options.range().orElseThrow().get(1);
        for (int place = 0; place < SIZE * SIZE; place++) {
            for (int channel = 0; channel < 3; channel++) {
                int source = options.order().orElseThrow() == ChannelOrder.BGR ? 2 - channel : channel;
                double scaled = low + (PIXELS[place * 3 + source] & 255) * (high - low) / 255;
                double normalised = (scaled - options.mean().orElseThrow().get(channel))
                        / options.std().orElseThrow().get(channel);
                input.put(last ? place * 3 + channel : channel * SIZE * SIZE + place, (float) normalised);
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = last ? new long[] {1, SIZE, SIZE, 3} : new long[] {1, 3, SIZE, SIZE};
        try (OrtSession session = environment.createSession(file);
                OnnxTensor pixels = OnnxTensor.createTensor(environment, input, shape);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), pixels))) {
            FloatBuffer values = ((OnnxTensor) result.get(tensor).orElseThrow()).getFloatBuffer();
            float[] numbers = new float[values.remaining()];
            values.get(numbers);
            return numbers;
        }
    }

    private static float[] embedding(BackboneFile backbone, int size) throws Exception {
        return embedding(backbone.bytes(), size);
    }

    private static float[] embedding(byte[] model, int size) throws Exception {
        byte[] picture = size == SIZE ? PIXELS : new byte[size * size * 3];
        ByteBuffer pixels = ByteBuffer.allocateDirect(picture.length)
                .order(ByteOrder.nativeOrder())
                .put(picture)
                .flip();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(
                        environment, pixels, new long[] {1, size, size, 3}, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return ((float[][]) result.get("embedding").orElseThrow().getValue())[0];
        }
    }

    private static ClassifierOptions taps(ClassifierOptions options, String... taps) {
        return new ClassifierOptions(
                options.layout(),
                options.order(),
                options.range(),
                options.mean(),
                options.std(),
                Optional.of(List.of(taps)),
                options.inputSize());
    }

    private static ClassifierOptions options(String range, String mean, String std, String order) {
        return options(range, mean, std, order, Optional.empty(), Optional.of(SIZE));
    }

    private static ClassifierOptions options(
            String range, String mean, String std, String order, Optional<Layout> layout, Optional<Integer> size) {
        ClassifierOptions read = new OptionText(
                        "test.",
                        key -> Optional.ofNullable(
                                Map.of("range", range, "mean", mean, "std", std, "channel-order", order)
                                        .get(key)))
                .read();
        return new ClassifierOptions(
                layout, read.order(), read.range(), read.mean(), read.std(), Optional.empty(), size);
    }
}
