package io.headwater.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateConfigTest {

    @Test
    void defaults() {
        assertThat(config(Map.of()).settings()).isEqualTo(GateSettings.DEFAULT);
        assertThat(GateSettings.DEFAULT).isEqualTo(new GateSettings(0.03, 0.003, 0.05, 0.1, 20));
    }

    @Test
    void names() {
        assertThat(config(Map.of(
                                "headwater.gate.margin", "0.05",
                                "headwater.gate.risk", "0.01",
                                "headwater.gate.significance", "0.1",
                                "headwater.gate.class-tolerance", "0.2",
                                "headwater.gate.min-examples", "50"))
                        .settings())
                .isEqualTo(new GateSettings(0.05, 0.01, 0.1, 0.2, 50));
    }

    @Test
    void a_number_that_makes_no_sense_is_refused_with_a_sentence() {
        refused("headwater.gate.margin", "0");
        refused("headwater.gate.risk", "0.6");
        refused("headwater.gate.significance", "NaN");
        refused("headwater.gate.class-tolerance", "-0.1");
        refused("headwater.gate.min-examples", "1");
    }

    private static void refused(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)).settings())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(key + " is ", "but must be", "leave it out");
    }

    private static GateConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(GateConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(GateConfig.class);
    }
}
