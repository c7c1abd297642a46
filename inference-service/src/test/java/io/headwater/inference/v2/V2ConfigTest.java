package io.headwater.inference.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.inference.v2.infer.InferSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class V2ConfigTest {
    private static final long MIB = 1024 * 1024;

    @Test
    void defaults_are_recorded() {
        assertThat(config(Map.of()).toSettings())
                .isEqualTo(new InferSettings(
                        Runtime.getRuntime().availableProcessors(),
                        64,
                        16 * MIB,
                        64 * MIB,
                        64,
                        Duration.ofSeconds(30)));
    }

    @Test
    void names_are_recorded() {
        V2Config config = config(Map.of(
                "headwater.v2.threads", "3",
                "headwater.v2.max-requests", "4",
                "headwater.v2.max-body", "1M",
                "headwater.v2.max-bytes", "2M",
                "headwater.v2.max-images", "5",
                "headwater.v2.timeout", "6s"));

        assertThat(config.toSettings()).isEqualTo(new InferSettings(3, 4, MIB, 2 * MIB, 5, Duration.ofSeconds(6)));
    }

    @ParameterizedTest
    @CsvSource({
        "threads, 0, at least 1",
        "max-requests, 0, at least 1",
        "max-images, -1, at least 1",
        "max-body, 0, from 1 to",
        "max-body, 2G, from 1 to",
        "max-bytes, 15M, at least headwater.v2.max-body",
        "timeout, 0s, at least a millisecond"
    })
    void an_impossible_value_is_refused_with_its_key(String key, String value, String remedy) {
        V2Config config = config(Map.of("headwater.v2." + key, value));

        assertThatThrownBy(config::toSettings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.v2." + key + " is ")
                .hasMessageContaining(remedy);
    }

    private static V2Config config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(values)
                // Quarkus registers them by itself.
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(V2Config.class)
                .build()
                .getConfigMapping(V2Config.class);
    }
}
