package io.headwater.inference.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionsConfigTest {
    private static final long MIB = 1024 * 1024;

    @Test
    void defaults_are_recorded() {
        assertThat(config(Map.of()).toSettings()).isEqualTo(new RecentSettings(10_000, 16 * MIB, 16 * MIB, 16));
    }

    @Test
    void names_are_recorded() {
        PredictionsConfig config = config(Map.of(
                "headwater.predictions.recent", "7",
                "headwater.predictions.recent-bytes", "1M",
                "headwater.predictions.picture-bytes", "0",
                "headwater.predictions.stream-clients", "0"));

        assertThat(config.toSettings()).isEqualTo(new RecentSettings(7, MIB, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"recent,0", "recent,1000001", "recent-bytes,1", "stream-clients,-1", "stream-clients,1001"})
    void an_impossible_value_is_refused_with_its_key(String key, String value) {
        PredictionsConfig config = config(Map.of("headwater.predictions." + key, value));

        assertThatThrownBy(config::toSettings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.predictions." + key + " is " + value);
    }

    private static PredictionsConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(values)
                // Quarkus registers it by itself.
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(PredictionsConfig.class)
                .build()
                .getConfigMapping(PredictionsConfig.class);
    }
}
