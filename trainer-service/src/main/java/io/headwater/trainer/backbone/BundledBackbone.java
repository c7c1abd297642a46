package io.headwater.trainer.backbone;

import io.headwater.artifacts.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The MobileNetV2 that comes with the service; NOTICE says where it is from. */
public final class BundledBackbone {
    static final String NAME = "openimages";
    static final String AUTO = "auto";

    private static final String RESOURCE = "/backbones/mobilenetv2-openimages.onnx";
    private static final String SHA256 = "ed81d0d06ac6b6870dac3ba2a148c4518fcf49bf56bb398ae1ac467d6df8ee36";

    private BundledBackbone() {}

    /**
     * The embedding backbone that {@code headwater.backbone} names.
     *
     * @param configured {@code auto} or {@code openimages}
     * @throws IllegalArgumentException for anything else
     */
    public static BackboneFile named(String configured) {
        if (!configured.equals(NAME) && !configured.equals(AUTO)) {
            throw new IllegalArgumentException("headwater.backbone is '" + configured
                    + "', but this version knows only 'openimages' and 'auto', which means openimages");
        }
        return BackboneFile.of(NAME, EmbeddingGraph.of(source()));
    }

    private static byte[] source() {
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
