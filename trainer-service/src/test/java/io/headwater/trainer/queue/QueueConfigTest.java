package io.headwater.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueConfigTest {

    @Test
    void defaults() {
        assertThat(settings(Map.of())).isEqualTo(QueueSettings.DEFAULT);
        assertThat(QueueSettings.DEFAULT).isEqualTo(new QueueSettings(5_000, 0.2, Duration.ofSeconds(10)));
    }

    @Test
    void names() {
        assertThat(settings(Map.of(
                        "headwater.queue.candidates", "100",
                        "headwater.queue.random-share", "0.5",
                        "headwater.queue.refresh", "1m")))
                .isEqualTo(new QueueSettings(100, 0.5, Duration.ofMinutes(1)));
    }

    @Test
    void what_makes_no_sense_is_refused_with_key_value_and_remedy() {
        assertThatThrownBy(() -> settings(Map.of("headwater.queue.candidates", "0")))
                .hasMessage("headwater.queue.candidates is 0, but must be from 1 to 100000");
        assertThatThrownBy(() -> settings(Map.of("headwater.queue.random-share", "1.5")))
                .hasMessage("headwater.queue.random-share is 1.5, but must be from 0 to 1");
        assertThatThrownBy(() -> settings(Map.of("headwater.queue.refresh", "1ms")))
                .hasMessage("headwater.queue.refresh is PT0.001S, but must be a tenth of a second or more");
    }

    private static QueueSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(QueueConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(QueueConfig.class)
                .settings();
    }
}
