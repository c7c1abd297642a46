package io.headwater.trainer.backbone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.OptionalInt;

/** What images are embedded with. */
@ConfigMapping(prefix = "headwater.backbone")
public interface BackboneConfig {
    /** {@code openimages} or {@code auto}, which means openimages. */
    @WithParentName
    @WithDefault("auto")
    String name();

    /** H and W that images are scaled to, pixels; 224 when it isn't set. */
    OptionalInt inputSize();

    /**
     * The source that all this names.
     *
     * @throws IllegalArgumentException when a value is not possible; the message names key, value and remedy
     */
    default BackboneSource source() {
        int inputSize = inputSize().orElse(BackboneSource.DEFAULT_INPUT_SIZE);
        if (inputSize < 32 || inputSize > 1024) {
            throw new IllegalArgumentException(
                    "headwater.backbone.input-size is " + inputSize + ", but must be from 32 to 1024 pixels");
        }
        if (!name().equals(BundledBackbone.NAME) && !name().equals("auto")) {
            throw new IllegalArgumentException("headwater.backbone is '" + name()
                    + "', but this version knows only 'openimages' and 'auto', which means openimages");
        }
        return BackboneSource.openimages(inputSize);
    }
}
