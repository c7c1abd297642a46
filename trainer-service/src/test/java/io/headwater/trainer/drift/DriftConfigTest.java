package io.headwater.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftConfigTest {

    @Test
    void defaults() {
        assertThat(settings(Map.of())).isEqualTo(DriftSettings.DEFAULT);
        assertThat(DriftSettings.DEFAULT).isEqualTo(new DriftSettings(500, 0.01));
    }

    @Test
    void names() {
        assertThat(settings(Map.of("headwater.drift.window", "100", "headwater.drift.false-alarm-rate", "0.05")))
                .isEqualTo(new DriftSettings(100, 0.05));
    }

    @Test
    void what_makes_no_sense_is_refused_with_key_value_and_remedy() {
        assertThatThrownBy(() -> settings(Map.of("headwater.drift.window", "3")))
                .hasMessage("headwater.drift.window is 3, but must be from 20 to 5000");
        assertThatThrownBy(() -> settings(Map.of("headwater.drift.false-alarm-rate", "0.0001")))
                .hasMessage("headwater.drift.false-alarm-rate is 1.0E-4, but must be 0.001 or more, and below 1");
    }

    private static DriftSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(DriftConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(DriftConfig.class)
                .settings();
    }
}
