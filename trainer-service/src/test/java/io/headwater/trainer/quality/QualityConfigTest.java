package io.headwater.trainer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QualityConfigTest {

    @Test
    void defaults() {
        assertThat(settings(Map.of())).isEqualTo(QualitySettings.DEFAULT);
        assertThat(QualitySettings.DEFAULT)
                .isEqualTo(new QualitySettings(
                        Duration.ofDays(7), Duration.ofHours(1), 24, 100, 0.05, Counted.SAMPLE, 500, 20));
    }

    @Test
    void names() {
        assertThat(settings(Map.of(
                        "headwater.quality.label-window", "2h",
                        "headwater.quality.window", "5m",
                        "headwater.quality.windows", "3",
                        "headwater.quality.recent-images", "40",
                        "headwater.quality.false-alarm-rate", "0.01",
                        "headwater.quality.counted", "all",
                        "headwater.quality.labels-per-annotator-hour", "20",
                        "headwater.quality.labels-of-others", "7")))
                .isEqualTo(new QualitySettings(
                        Duration.ofHours(2), Duration.ofMinutes(5), 3, 40, 0.01, Counted.ALL, 20, 7));
    }

    @Test
    void what_makes_no_sense_is_refused_with_key_value_and_remedy() {
        assertThatThrownBy(() -> settings(Map.of("headwater.quality.false-alarm-rate", "1.5")))
                .hasMessage("headwater.quality.false-alarm-rate is 1.5, but must be above 0 and below 1");
        assertThatThrownBy(() -> settings(Map.of("headwater.quality.windows", "0")))
                .hasMessage("headwater.quality.windows is 0, but must be from 1 to 1000");
        assertThatThrownBy(() -> settings(Map.of("headwater.quality.label-window", "0s")))
                .hasMessageContaining("headwater.quality.label-window is PT0S");
        assertThatThrownBy(() -> settings(Map.of("headwater.quality.window", "1ms")))
                .hasMessageContaining("headwater.quality.window is");
        assertThatThrownBy(() -> settings(Map.of("headwater.quality.recent-images", "0")))
                .hasMessageContaining("headwater.quality.recent-images is 0");
        assertThatThrownBy(() -> settings(Map.of("headwater.quality.labels-per-annotator-hour", "0")))
                .hasMessage("headwater.quality.labels-per-annotator-hour is 0, but must be at least 1; a very large"
                        + " number is no limit");
        assertThatThrownBy(() -> settings(Map.of("headwater.quality.labels-of-others", "0")))
                .hasMessage("headwater.quality.labels-of-others is 0, but must be at least 1; beside a very large"
                        + " number of them everybody decides alone");
    }

    private static QualitySettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(QualityConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(QualityConfig.class)
                .settings();
    }
}
