package io.headwater.trainer.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeadershipConfigTest {

    @Test
    void defaults() {
        Candidate candidate = candidate(Map.of());

        assertThat(candidate).isEqualTo(new Candidate("http://127.0.0.1:8082", Duration.ofSeconds(10)));
    }

    @Test
    void names() {
        Candidate candidate = candidate(Map.of(
                "headwater.trainer.address", "https://trainer.example/a",
                "headwater.trainer.takeover-after", "20s"));

        assertThat(candidate).isEqualTo(new Candidate("https://trainer.example/a", Duration.ofSeconds(20)));
    }

    private static Candidate candidate(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(LeadershipConfig.class)
                .withDefaultValues(values)
                .withDefaultValue("quarkus.http.host", "127.0.0.1")
                .withDefaultValue("quarkus.http.port", "8082")
                .build()
                .getConfigMapping(LeadershipConfig.class)
                .candidate();
    }
}
