package io.headwater.trainer.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrecisionConfigTest {

    @Test
    void defaults() {
        assertThat(config(Map.of()).settings()).isEqualTo(new PrecisionSettings(256, 500, 1.2, 0.02));
    }

    @Test
    void names() {
        assertThat(config(Map.of(
                                "headwater.backbone.int8.calibration-images", "64",
                                "headwater.backbone.int8.labelled-images", "70",
                                "headwater.backbone.int8.min-speedup", "1.5",
                                "headwater.backbone.int8.max-accuracy-loss", "0.01"))
                        .settings())
                .isEqualTo(new PrecisionSettings(64, 70, 1.5, 0.01));
    }

    @Test
    void an_impossible_value_is_refused_with_its_key() {
        refused("calibration-images", "31", "must be from 32 to 4096");
        refused("labelled-images", "5000", "must be from 50 to 4096");
        refused("min-speedup", "0", "must be above 0 and at most 100");
        refused("max-accuracy-loss", "NaN", "must be from 0 to 1");
    }

    private static void refused(String key, String value, String remedy) {
        String name = "headwater.backbone.int8." + key;
        assertThatThrownBy(() -> config(Map.of(name, value)).settings())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(name + " is ", remedy);
    }

    private static PrecisionConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(PrecisionConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(PrecisionConfig.class);
    }
}
