package io.headwater.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackboneConfigTest {

    @Test
    void defaults() {
        BackboneConfig config = config(Map.of());

        assertThat(config.name()).isEqualTo("auto");
        assertThat(config.inputSize()).isEmpty();
    }

    @Test
    void names() {
        BackboneConfig config =
                config(Map.of("headwater.backbone", "openimages", "headwater.backbone.input-size", "160"));

        assertThat(config.name()).isEqualTo("openimages");
        assertThat(config.inputSize()).hasValue(160);
    }

    @Test
    void another_name_is_refused_with_what_would_do() {
        assertThatThrownBy(() -> config(Map.of("headwater.backbone", "resnet")).source())
                .hasMessage("headwater.backbone is 'resnet', but this version knows only 'openimages' and 'auto', which"
                        + " means openimages");
    }

    @Test
    void an_input_size_out_of_bounds_is_refused() {
        assertThatThrownBy(() ->
                        config(Map.of("headwater.backbone.input-size", "31")).source())
                .hasMessage("headwater.backbone.input-size is 31, but must be from 32 to 1024 pixels");
    }

    private static BackboneConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(BackboneConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(BackboneConfig.class);
    }
}
