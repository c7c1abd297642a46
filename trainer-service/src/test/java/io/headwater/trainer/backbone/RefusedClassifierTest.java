package io.headwater.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.headwater.trainer.download.FileSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be used is refused with a sentence that says why and what to do. */
class RefusedClassifierTest {
    private static final byte[] GOOD = small().gemm(5).file();

    @TempDir
    Path directory;

    @Test
    void what_is_no_onnx_model() {
        refused(
                "<!DOCTYPE html><html><body>Sign in</body></html>".getBytes(StandardCharsets.UTF_8),
                "it is a web page and not an ONNX model");
        refused(
                "version https://git-lfs.github.com/spec/v1\noid sha256:c0c3\nsize 13964571\n"
                        .getBytes(StandardCharsets.UTF_8),
                "it is only Git LFS's pointer to an ONNX model");
        refused(new byte[0], "it is not an ONNX model: there is no graph in its 0 bytes");
        refused("PK\3\4 and so on".getBytes(StandardCharsets.UTF_8), "it is not an ONNX model");
    }

    @Test
    void a_file_that_is_cut_off() {
        refused(Arrays.copyOf(GOOD, GOOD.length / 2), "it is not an ONNX model, or only the beginning of one (");
    }

    @Test
    void operators_and_formats_that_onnx_runtime_does_not_know() {
        refused(small().gemm(5).opset(6).file(), "it uses the operator set 6, but this needs one from 7 to 22");
        refused(small().gemm(5).opset(23).file(), "it uses the operator set 23, but this needs one from 7 to 22");
        refused(small().gemm(5).irVersion(11).file(), "it is written in version 11 of the ONNX format");
    }

    @Test
    void weights_in_another_file() {
        byte[] file = small().gemm(5)
                .change(graph -> graph.setInitializer(
                        0,
                        TensorProto.newBuilder(graph.getInitializer(0))
                                .clearRawData()
                                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                .addExternalData(StringStringEntryProto.newBuilder()
                                        .setKey("location")
                                        .setValue("net.onnx.data"))))
                .file();

        refused(file, "it keeps its weights in 'net.onnx.data'; save it as one file");
    }

    @Test
    void networks_that_do_not_end_in_a_linear_layer() {
        refused(small().file(), "it does not end in a linear layer");
        Classifiers convolutionFirst = Classifiers.small("N", 3L, "H", "W").convolution(5, 1, 1, 1);
        refused(convolutionFirst.pool().flatten().file(), "it does not end in a linear layer");
        Classifiers gated = Classifiers.small("N", 3L, "H", "W");
        String maps = gated.last();
        gated.pool().convolution(8, 1, 1, 1).node("Sigmoid", List.of(gated.last()));
        refused(
                gated.node("Mul", List.of(maps, gated.last())).pool().flatten().file(),
                "it does not end in a linear layer");
    }

    @Test
    void networks_with_two_ends_are_refused_and_their_inputs_named() {
        Classifiers net = Classifiers.small("N", 3L, "H", "W").pool().flatten();
        String flat = net.last();
        net.relu();
        String other = net.last();
        byte[] file = net.from(flat, 8)
                .gemm(5)
                .output()
                .from(other, 8)
                .gemm(4)
                .output()
                .file();

        refused(
                file,
                "it ends in 2 linear layers; name the input of the one that is meant with headwater.backbone.taps: "
                        + flat + " or " + other);
        assertThat(ClassifierGraph.of("n", file, taps(other)).dimension()).isEqualTo(8);
    }

    @Test
    void inputs_that_are_no_colour_pictures() {
        refused(
                new Classifiers("x", "N", 1L, 28L, 28L)
                        .convolution(3, 3, 1, 1)
                        .pool()
                        .gemm(5)
                        .file(),
                "its input x is [0, 1, 28, 28], but a colour image has 3 channels");
        refused(new Classifiers("x", "N", 3L).gemm(5).file(), "its input x has 2 axes, but a batch of images has 4");
        refused(
                new Classifiers("x", "N", 3L, 192L, 256L)
                        .convolution(3, 3, 1, 1)
                        .pool()
                        .gemm(5)
                        .file(),
                "it takes images of 256 x 192 pixels, but pictures are made square here");
        refused(
                new Classifiers("x", DataType.INT64, "N", 3L, "H", "W").gemm(5).file(),
                "its input x is of the type INT64, but must be float32, float16 or uint8");
        refused(
                small().gemm(5)
                        .change(graph -> graph.addInput(OnnxNodes.value("mask", DataType.FLOAT, "N")))
                        .file(),
                "it has 2 inputs [data, mask], but an image classifier has one, the image");
    }

    @Test
    void what_nobody_said_is_asked_for_with_the_keys() {
        assertThatThrownBy(() -> ClassifierGraph.of("n", GOOD, ClassifierOptions.NONE))
                .hasMessageContaining("neither its metadata nor the configuration says how pixels are normalised")
                .hasMessageContaining("headwater.backbone.mean")
                .hasMessageContaining("headwater.backbone.range");
        refused(
                Classifiers.small("N", "C", "H", "W").pool().flatten().gemm(5).file(),
                "it doesn't say whether its input data is [N, 3, H, W] or [N, H, W, 3]; set headwater.backbone.layout");
    }

    @Test
    void metadata_that_can_not_be_read() {
        refused(
                small().gemm(5).file("headwater.mean", "about half"),
                "it can't be read: the file's metadata headwater.mean is 'about half', but must be numbers");
    }

    @Test
    void a_layout_that_contradicts_the_file() {
        assertThatThrownBy(() -> ClassifierGraph.of("n", GOOD, text("layout", "nhwc")))
                .hasMessageContaining("its input data is declared in the layout nchw, but headwater.backbone.layout is"
                        + " nhwc; leave it out");
    }

    @Test
    void taps_that_are_not_there() {
        assertThatThrownBy(() -> ClassifierGraph.of("n", GOOD, taps("conv5")))
                .hasMessageContaining("it has no tensor 'conv5', which headwater.backbone.taps names")
                .hasMessageContaining("t5");
        assertThatThrownBy(() -> ClassifierGraph.of("n", GOOD, taps("mobilenetv2")))
                .hasMessageContaining("it is not a MobileNetV2, which has 52 convolutions and not 2");
    }

    @Test
    void networks_that_take_one_picture_only_or_another_size_only() {
        Classifiers single = Classifiers.small(1L, 3L, 32L, 32L).pool();
        String pooled = single.last();
        single.integers("fixed", 1, 8).node("Reshape", List.of(pooled, "fixed")).relu();
        refused(single.gemm(5).file(), "export it with a free batch size");
        Classifiers fixed = Classifiers.small("N", 3L, 48L, 48L);
        String maps = fixed.last();
        fixed.integers("all", -1, 8 * 24 * 24)
                .node("Reshape", List.of(maps, "all"))
                .relu();
        byte[] file = fixed.from(fixed.last(), 8 * 24 * 24).gemm(5).file();
        assertThatThrownBy(() -> ClassifierGraph.of("n", file, text("input-size", "32")))
                .hasMessageContaining("it can't be run with images of 32 x 32 pixels");
        assertThat(ClassifierGraph.of("n", file, text("input-size", "48")).dimension())
                .isEqualTo(8 * 24 * 24);
    }

    @Test
    void networks_whose_pictures_see_each_other() {
        Classifiers net = Classifiers.small("N", 3L, "H", "W").pool().flatten();
        String flat = net.last();
        net.node("ReduceMean", List.of(flat), OnnxNodes.attribute("axes", List.of(0L)));
        net.node("Add", List.of(flat, net.last()));

        refused(net.gemm(5).file(), "it gives something else for two images at once than for each alone");
    }

    @Test
    void operators_that_onnx_runtime_does_not_know() {
        Classifiers net = Classifiers.small("N", 3L, "H", "W").pool().flatten();
        refused(net.node("Shrug", List.of(net.last())).gemm(5).file(), "it can't be loaded by ONNX Runtime: ");
    }

    @Test
    void networks_that_give_the_same_for_every_picture_or_no_numbers() {
        Classifiers dead = Classifiers.small("N", 3L, "H", "W").pool().flatten();
        dead.scalar("nothing", 0).node("Mul", List.of(dead.last(), "nothing"));
        refused(dead.gemm(5).file(), "it gives the same embedding for different images");
        Classifiers broken = Classifiers.small("N", 3L, "H", "W").pool().flatten();
        broken.scalar("negative", -1).node("Mul", List.of(broken.last(), "negative"));
        refused(
                broken.node("Sqrt", List.of(broken.last())).gemm(5).file(),
                "it gives NaN for an image of noise; check how the pixels are normalised");
    }

    @Test
    void the_source_names_the_file() throws Exception {
        Path file = directory.resolve("net.onnx");
        BackboneSource source =
                new ClassifierBackbone("net", FileSource.of(file.toString(), Optional.empty(), directory), text());

        assertThatThrownBy(source::acquire)
                .isInstanceOf(BackboneException.class)
                .hasMessage("the backbone " + file + " can't be had: there is no such file on the machine of this"
                        + " service");
        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(source::acquire)
                .isInstanceOf(BackboneException.class)
                .hasMessageStartingWith("the backbone " + file + " can't be used: it is not an ONNX model");
        Files.write(file, GOOD);
        assertThat(source.acquire().name()).isEqualTo("net");
    }

    @Test
    void a_file_that_is_too_large_for_the_heap() {
        ClassifierBackbone.checkHeap(200_000_000, 1_000_000_000);

        assertThatThrownBy(() -> ClassifierBackbone.checkHeap(201_000_000, 1_000_000_000))
                .hasMessage("it has 201 MB, and to cut it takes 1005 MB of heap, of which there are 1000; give this"
                        + " service a larger -Xmx");
    }

    @Test
    void what_the_network_does_not_need_is_left_out() throws Exception {
        ModelProto backbone = ModelProto.parseFrom(ClassifierGraph.of(
                        "n", small().gemm(5).weights("unused", 5, 5).softmax().file("a", "b"), text())
                .bytes());

        assertThat(backbone.getGraph().getInitializerList())
                .extracting(TensorProto::getName)
                .doesNotContain("unused", "w6", "b6");
        assertThat(backbone.getGraph().getNodeList())
                .noneMatch(node ->
                        node.getOpType().equals("Gemm") || node.getOpType().equals("Softmax"));
        assertThat(backbone.getMetadataPropsList()).isEmpty();
    }

    private static Classifiers small() {
        return Classifiers.small("N", 3L, "H", "W").pool().flatten();
    }

    private static void refused(byte[] file, String reason) {
        assertThatThrownBy(() -> ClassifierGraph.of("n", file, text()))
                .isInstanceOf(BackboneException.class)
                .hasMessageContaining(reason);
    }

    private static ClassifierOptions taps(String... taps) {
        return text("taps", String.join(",", taps));
    }

    private static ClassifierOptions text(String... pairs) {
        Map<String, String> values = new HashMap<>(Map.of("range", "-1,1"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        values.putIfAbsent("input-size", "32");
        return new OptionText("test.", key -> Optional.ofNullable(values.get(key))).read();
    }
}
