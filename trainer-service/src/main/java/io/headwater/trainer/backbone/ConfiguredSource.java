package io.headwater.trainer.backbone;

import io.headwater.trainer.download.FileSource;
import io.headwater.trainer.download.Patience;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The backbone that the configuration names. */
final class ConfiguredSource {
    private final BackboneConfig config;

    private ConfiguredSource(BackboneConfig config) {
        this.config = config;
    }

    /**
     * The source.
     *
     * @throws IllegalArgumentException when a value is not possible; the message names key, value and remedy
     */
    static BackboneSource of(BackboneConfig config) {
        return new ConfiguredSource(config).source();
    }

    private BackboneSource source() {
        Map<String, String> given = options();
        ClassifierOptions options =
                new OptionText("headwater.backbone.", key -> Optional.ofNullable(given.get(key))).read();
        if (config.autoTimeout().isNegative() || config.autoTimeout().isZero()) {
            throw new IllegalArgumentException("headwater.backbone.auto-timeout is " + config.autoTimeout()
                    + ", but must be above 0; to do without" + " imagenet set headwater.backbone=openimages");
        }
        if (config.name().contains("/")
                || config.name().contains(":")
                || config.name().endsWith(".onnx")) {
            return classifier(options);
        }
        refuseClassifierKeys();
        int inputSize = options.inputSize().orElse(BackboneSource.DEFAULT_INPUT_SIZE);
        return switch (config.name()) {
            case BundledBackbone.NAME -> new BundledBackbone(inputSize);
            case ImageNetBackbone.NAME -> imagenet(inputSize, Patience.LONG);
            case AutoBackbone.NAME ->
                new AutoBackbone(
                        imagenet(inputSize, Patience.upTo(config.autoTimeout())),
                        imagenet(inputSize, Patience.LONG),
                        new BundledBackbone(inputSize),
                        config.autoTimeout());
            default ->
                throw new IllegalArgumentException("headwater.backbone is '" + config.name()
                        + "', but must be auto, openimages, imagenet, or the uri of an ONNX image classifier, such as"
                        + " file:///var/lib/headwater/resnet50.onnx");
        };
    }

    private ClassifierBackbone classifier(ClassifierOptions options) {
        config.sha256().filter(text -> !text.matches("[0-9a-f]{64}")).ifPresent(text -> {
            throw new IllegalArgumentException(
                    "headwater.backbone.sha256 is '" + text + "', but must be 64 lower-case hex digits");
        });
        try {
            FileSource file = FileSource.of(config.name(), config.sha256(), config.cacheDir());
            String last = config.name().substring(config.name().lastIndexOf('/') + 1);
            return new ClassifierBackbone(last.replaceFirst("\\.onnx(\\?.*)?$", ""), file, options);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "headwater.backbone is '" + config.name() + "', but " + e.getMessage(), e);
        }
    }

    private ClassifierBackbone imagenet(int inputSize, Patience patience) {
        if (!config.imagenetUrl().matches("https?://[^\\s/]+/\\S*")) {
            throw new IllegalArgumentException("headwater.backbone.imagenet-url is '" + config.imagenetUrl()
                    + "', but must be an http: or https: URI");
        }
        return ImageNetBackbone.of(
                ImageNetBackbone.file(URI.create(config.imagenetUrl()), config.cacheDir(), patience), inputSize);
    }

    private void refuseClassifierKeys() {
        Map<String, String> given = options();
        given.remove("input-size");
        config.sha256().ifPresent(value -> given.put("sha256", value));
        given.keySet().stream().findFirst().ifPresent(key -> {
            throw new IllegalArgumentException("headwater.backbone." + key + " is '" + given.get(key)
                    + "', but counts only when headwater.backbone is the uri of a classifier, and it is '"
                    + config.name()
                    + "'; leave it out");
        });
    }

    private Map<String, String> options() {
        Map<String, String> given = new LinkedHashMap<>();
        config.inputSize().ifPresent(value -> given.put("input-size", value));
        config.layout().ifPresent(value -> given.put("layout", value));
        config.channelOrder().ifPresent(value -> given.put("channel-order", value));
        config.range().ifPresent(value -> given.put("range", value));
        config.mean().ifPresent(value -> given.put("mean", value));
        config.std().ifPresent(value -> given.put("std", value));
        config.taps().ifPresent(value -> given.put("taps", value));
        return given;
    }
}
