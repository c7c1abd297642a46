package io.headwater.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.trainer.backbone.PixelFormat.ChannelOrder;
import io.headwater.trainer.backbone.PixelFormat.Layout;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneConfigTest {
    private static final String URI = "https://models.example/resnet50.onnx?download=true";

    @Test
    void defaults() {
        BackboneConfig config = config(Map.of("user.home", "/home/anna"));

        assertThat(config.name()).isEqualTo("auto");
        assertThat(config.inputSize()).isEmpty();
        assertThat(config.autoTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.imagenetUrl())
                .isEqualTo("https://github.com/onnx/models/raw/main/validated/vision/classification/mobilenet/model/"
                        + "mobilenetv2-12.onnx");
        assertThat(config.cacheDir()).isEqualTo(Path.of("/home/anna/.cache/headwater"));
        assertThat(config.precision()).isEqualTo(Precision.FP32);
        assertThat(config.sha256()).isEmpty();
        assertThat(config.layout()).isEmpty();
        assertThat(config.channelOrder()).isEmpty();
        assertThat(config.range()).isEmpty();
        assertThat(config.mean()).isEmpty();
        assertThat(config.std()).isEmpty();
        assertThat(config.taps()).isEmpty();
    }

    @Test
    void names() {
        String sha256 = "c0c3f76d93fa3fd6580652a45618618a220fced18babf65774ed169de0432ad5";
        Map<String, String> values = new HashMap<>(Map.of(
                "headwater.backbone", URI,
                "headwater.backbone.precision", "int8",
                "headwater.backbone.input-size", "160",
                "headwater.backbone.auto-timeout", "1s",
                "headwater.backbone.imagenet-url", "http://mirror/m.onnx",
                "headwater.backbone.sha256", sha256,
                "headwater.backbone.layout", "nhwc",
                "headwater.backbone.channel-order", "bgr",
                "headwater.backbone.range", "0,255",
                "headwater.backbone.mean", "103.9, 116.8, 123.7"));
        values.put("headwater.backbone.std", "2");
        values.put("headwater.backbone.taps", "pool5, conv4");
        values.put("DJL_CACHE_DIR", "/cache");
        BackboneConfig config = config(values);

        assertThat(config.precision()).isEqualTo(Precision.INT8);
        ClassifierBackbone source = (ClassifierBackbone) config.source();

        assertThat(config.cacheDir()).isEqualTo(Path.of("/cache/headwater"));
        assertThat(source.name()).isEqualTo("resnet50");
        assertThat(source.file()).hasToString(URI);
        assertThat(source.options().inputSize()).contains(160);
        assertThat(source.options().layout()).contains(Layout.NHWC);
        assertThat(source.options().order()).contains(ChannelOrder.BGR);
        assertThat(source.options().range()).contains(List.of(0.0, 255.0));
        assertThat(source.options().mean()).contains(List.of(103.9, 116.8, 123.7));
        assertThat(source.options().std()).contains(List.of(2.0, 2.0, 2.0));
        assertThat(source.options().taps()).contains(List.of("pool5", "conv4"));
    }

    @Test
    void each_name_is_its_source() {
        assertThat(source("openimages")).isEqualTo(BackboneSource.openimages(224));
        assertThat(source("auto")).isInstanceOf(AutoBackbone.class);
        assertThat(source("imagenet")).isInstanceOf(ClassifierBackbone.class);
        assertThat(source("imagenet").name()).isEqualTo("imagenet");
        assertThat(((ClassifierBackbone) source("file:///models/my%20net.onnx")).file())
                .hasToString("/models/my net.onnx");
        assertThat(((ClassifierBackbone) source("models/net.onnx")).file()).hasToString("models/net.onnx");
    }

    @Test
    void what_was_chosen_by_auto_may_stay_and_what_is_named_otherwise_may_not() {
        assertThat(source("auto").isBinding()).isFalse();
        assertThat(source("imagenet").isBinding()).isTrue();
        assertThat(source("openimages").isBinding()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "input-size   | 31        | but must be from 32 to 1024 pixels",
                "input-size   | big       | but must be from 32 to 1024 pixels",
                "layout       | chw       | but must be one of auto, nchw, nhwc",
                "channel-order| gbr       | but must be one of auto, bgr, rgb",
                "range        | 1,0       | but must be two numbers, the lower one first, such as -1,1",
                "range        | 1         | but must be two numbers, the lower one first, such as -1,1",
                "mean         | a         | but must be numbers with commas between them",
                "mean         | 1,2       | but must be one number or three, in the order of the channels",
                "mean         | NaN       | but must be numbers with commas between them",
                "std          | 1,0,1     | but must be one number or three, in the order of the channels, and all above 0",
                "sha256       | C0C3      | but must be 64 lower-case hex digits",
            })
    void a_value_that_can_not_be_is_refused(String key, String value, String rule) {
        assertThatThrownBy(() -> config(Map.of("headwater.backbone", URI, "headwater.backbone." + key, value))
                        .source())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("headwater.backbone." + key + " is '" + value + "', " + rule);
    }

    @Test
    void another_name_is_refused_with_what_would_do() {
        assertThatThrownBy(() -> source("resnet"))
                .hasMessage("headwater.backbone is 'resnet', but must be auto, openimages, imagenet, or the uri of an"
                        + " ONNX image classifier, such as file:///var/lib/headwater/resnet50.onnx");
        assertThatThrownBy(() -> source("s3://models/net.onnx"))
                .hasMessage("headwater.backbone is 's3://models/net.onnx', but must be a path, or a file:, http: or"
                        + " https: URI");
        assertThatThrownBy(() -> source("http:///net.onnx")).hasMessageContaining("headwater.backbone is 'http:///");
    }

    @Test
    void keys_of_a_classifier_are_refused_for_a_backbone_that_is_known() {
        assertThatThrownBy(() -> config(Map.of("headwater.backbone", "imagenet", "headwater.backbone.mean", "1"))
                        .source())
                .hasMessage("headwater.backbone.mean is '1', but counts only when headwater.backbone is the uri of a"
                        + " classifier, and it is 'imagenet'; leave it out");
        assertThatThrownBy(
                        () -> config(Map.of("headwater.backbone.sha256", "1")).source())
                .hasMessageContaining("headwater.backbone.sha256 is '1'");
    }

    @Test
    void addresses_and_times_that_can_not_be_are_refused() {
        assertThatThrownBy(() -> config(Map.of("headwater.backbone.imagenet-url", "no uri"))
                        .source())
                .hasMessage("headwater.backbone.imagenet-url is 'no uri', but must be an http: or https: URI");
        assertThatThrownBy(() -> config(Map.of("headwater.backbone.imagenet-url", "ftp://a/b"))
                        .source())
                .hasMessage("headwater.backbone.imagenet-url is 'ftp://a/b', but must be an http: or https: URI");
        assertThatThrownBy(() ->
                        config(Map.of("headwater.backbone.auto-timeout", "0s")).source())
                .hasMessageContaining("headwater.backbone.auto-timeout is PT0S, but must be above 0");
    }

    private static BackboneSource source(String name) {
        return config(Map.of("headwater.backbone", name)).source();
    }

    private static BackboneConfig config(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("user.home", "/home/anna"));
        all.putAll(values);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(BackboneConfig.class)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(BackboneConfig.class);
    }
}
