package io.headwater.trainer.backbone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What images are embedded with. */
@ConfigMapping(prefix = "headwater.backbone")
public interface BackboneConfig {
    /** {@code auto}, {@code openimages}, {@code imagenet}, or the uri of an ONNX image classifier. */
    @WithParentName
    @WithDefault(AutoBackbone.NAME)
    String name();

    /**
     * {@code fp32}, or {@code int8}: once there are images and labels to make and to measure it with, and if it is worth it,
     * see {@code headwater.backbone.int8}.
     */
    @WithDefault("fp32")
    Precision precision();

    /** H and W that images are scaled to, pixels; 224, or what the classifier says, when it isn't set. */
    Optional<String> inputSize();

    /** How long {@code auto} tries to get imagenet before it takes openimages. */
    @WithDefault("20s")
    Duration autoTimeout();

    /** Where the Model Zoo's mobilenetv2-12.onnx is. */
    @WithDefault(ImageNetBackbone.URL)
    String imagenetUrl();

    /** Where downloaded files are kept. */
    @WithDefault("${DJL_CACHE_DIR:${user.home}/.cache}/headwater")
    Path cacheDir();

    /** SHA-256 that the classifier must have. */
    Optional<String> sha256();

    /** {@code nchw}, {@code nhwc}, or {@code auto}: as the classifier declares it. */
    Optional<String> layout();

    /** {@code rgb}, or {@code bgr}. */
    Optional<String> channelOrder();

    /** What 0 and 255 become before mean and std: two numbers. */
    Optional<String> range();

    /** What is taken away then: one number, or one for each channel. */
    Optional<String> mean();

    /** What is divided by then: one number, or one for each channel. */
    Optional<String> std();

    /** The tensors that make the embedding, or {@code mobilenetv2} for the four of every MobileNetV2. */
    Optional<String> taps();

    /**
     * The source that all this names.
     *
     * @throws IllegalArgumentException when a value is not possible; the message names key, value and remedy
     */
    default BackboneSource source() {
        return ConfiguredSource.of(this);
    }
}
