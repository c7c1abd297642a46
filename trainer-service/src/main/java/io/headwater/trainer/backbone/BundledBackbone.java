package io.headwater.trainer.backbone;

import io.headwater.artifacts.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The MobileNetV2 that comes with the service; NOTICE says where it is from.
 *
 * @param inputSize H and W of the input, pixels
 */
record BundledBackbone(int inputSize) implements BackboneSource {
    static final String NAME = "openimages";

    private static final String RESOURCE = "/backbones/mobilenetv2-openimages.onnx";
    private static final String SHA256 = "ed81d0d06ac6b6870dac3ba2a148c4518fcf49bf56bb398ae1ac467d6df8ee36";

    @Override
    public BackboneFile acquire() {
        return BackboneFile.of(NAME, EmbeddingGraph.of(file(), inputSize), inputSize, EmbeddingGraph.DIMENSION);
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
