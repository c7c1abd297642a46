package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.artifacts.Sha256;
import io.headwater.trainer.backbone.PixelFormat.ChannelOrder;
import io.headwater.trainer.backbone.PixelFormat.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The MobileNetV2 that comes with the service; NOTICE says where it is from.
 *
 * @param inputSize H and W of the input, pixels
 */
record BundledBackbone(int inputSize) implements BackboneSource {
    static final String NAME = "openimages";

    private static final String RESOURCE = "/backbones/mobilenetv2-openimages.onnx";
    private static final String SHA256 = "ed81d0d06ac6b6870dac3ba2a148c4518fcf49bf56bb398ae1ac467d6df8ee36";
    private static final PixelFormat PIXELS =
            PixelFormat.of(Layout.NCHW, ChannelOrder.RGB, -1, 1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

    @Override
    public String name() {
        return NAME;
    }

    /** Not tried first, as those are that nobody has seen: it is always the same file. */
    @Override
    public BackboneFile acquire() {
        ModelProto model = OnnxFile.parse(file());
        TensorGraph graph = new TensorGraph(model.getGraph());
        Network network = Network.of(model, graph, ImageInput.of(graph), PIXELS);
        List<Tap> taps = MobileNetV2.taps(graph).stream().map(Tap::maps).toList();
        byte[] backbone = EmbeddingGraph.of(network, inputSize, taps, EmbeddingGraph.DIMENSION);
        return BackboneFile.of(NAME, backbone, inputSize, EmbeddingGraph.DIMENSION);
    }

    /** The bundled file, checked. */
    static byte[] file() {
        try (InputStream in = BundledBackbone.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the bundled backbone " + RESOURCE + " is not on the class path");
            }
            byte[] bytes = in.readAllBytes();
            String sha256 = Sha256.of(bytes);
            if (!sha256.equals(SHA256)) {
                throw new IllegalStateException("the bundled backbone " + RESOURCE + " is damaged: its SHA-256 is "
                        + sha256 + " instead of " + SHA256);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled backbone can't be read", e);
        }
    }
}
