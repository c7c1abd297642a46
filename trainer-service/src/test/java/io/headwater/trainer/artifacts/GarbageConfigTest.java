package io.headwater.trainer.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GarbageConfigTest {
    @Test
    void defaults() {
        assertThat(retention(Map.of())).isEqualTo(new Retention(20, Duration.ofMinutes(10)));
    }

    @Test
    void names() {
        assertThat(retention(Map.of("headwater.gc.keep-versions", "3", "headwater.gc.grace", "1h")))
                .isEqualTo(new Retention(3, Duration.ofHours(1)));
    }

    @Test
    void at_least_one_version_and_one_minute() {
        assertThatThrownBy(() -> retention(Map.of("headwater.gc.keep-versions", "0")))
                .hasMessageContaining("headwater.gc.keep-versions is 0");
        assertThatThrownBy(() -> retention(Map.of("headwater.gc.grace", "59s")))
                .hasMessageContaining("headwater.gc.grace is PT59S");
    }

    private static Retention retention(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(GarbageConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(GarbageConfig.class)
                .retention();
    }
}
