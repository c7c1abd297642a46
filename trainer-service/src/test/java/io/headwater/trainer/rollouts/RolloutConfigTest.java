package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of {@code headwater.rollout}. */
class RolloutConfigTest {

    @Test
    void defaults() {
        assertThat(settings(Map.of())).isEqualTo(RolloutSettings.DEFAULT);
    }

    @Test
    void names() {
        RolloutSettings settings = settings(Map.ofEntries(
                Map.entry("headwater.rollout.policy", "manual"),
                Map.entry("headwater.rollout.step-weights", "5,20,60"),
                Map.entry("headwater.rollout.interval", "5m"),
                Map.entry("headwater.rollout.min-labels", "50"),
                Map.entry("headwater.rollout.tolerance", "0.03"),
                Map.entry("headwater.rollout.error-rate", "0.05"),
                Map.entry("headwater.rollout.failure-limit", "5"),
                Map.entry("headwater.rollout.max-failure-rate", "0.002"),
                Map.entry("headwater.rollout.latency-budget", "20ms"),
                Map.entry("headwater.rollout.min-agreement", "0.8"),
                Map.entry("headwater.rollout.max-stability-index", "0.1"),
                Map.entry("headwater.rollout.max-confidence-shift", "0.3"),
                Map.entry("headwater.rollout.progress-deadline", "2h"),
                Map.entry("headwater.rollout.probation", "0s"),
                Map.entry("headwater.rollout.cooldown", "3m")));

        assertThat(settings)
                .isEqualTo(new RolloutSettings(
                        RolloutPolicy.MANUAL,
                        List.of(5, 20, 60),
                        Duration.ofMinutes(5),
                        50,
                        0.03,
                        0.05,
                        5,
                        0.002,
                        Duration.ofMillis(20),
                        0.8,
                        0.1,
                        0.3,
                        Duration.ofHours(2),
                        Duration.ZERO,
                        Duration.ofMinutes(3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step-weights | 50,10 | is [50, 10], but must be from 1 to 99, each more than the one before",
                "step-weights | 100 | is [100], but must be from 1 to 99",
                "min-labels | 0 | is 0, but must be at least 1",
                "tolerance | 0 | is 0.0, but must be more than 0 and at most 0.5",
                "error-rate | 0.7 | is 0.7, but must be from 0.000000001 to 0.5",
                "failure-limit | 0 | is 0, but must be at least 1",
                "max-failure-rate | 0 | is 0.0, but must be from 0.000001 to 0.5",
                "latency-budget | -1ms | but must be 0 or more",
                "min-agreement | 1.5 | is 1.5, but must be from 0 to 1",
                "max-stability-index | 0 | is 0.0, but must be more than 0",
                "max-confidence-shift | 2 | is 2.0, but must be more than 0 and at most 1",
                "progress-deadline | 0s | is PT0S, but must be more than 0",
                "interval | -1s | but must be 0 or more"
            })
    void what_makes_no_sense_is_refused_with_key_value_and_remedy(String key, String value, String message) {
        assertThatThrownBy(() -> settings(Map.of("headwater.rollout." + key, value)))
                .hasMessageStartingWith("headwater.rollout." + key)
                .hasMessageContaining(message)
                .hasMessageContaining("leave it out for the default");
    }

    private static RolloutSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(RolloutConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(RolloutConfig.class)
                .settings();
    }
}
