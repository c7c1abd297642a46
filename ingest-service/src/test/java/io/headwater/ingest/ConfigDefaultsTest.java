package io.headwater.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.ingest.intake.IntakeConfig;
import io.headwater.ingest.publication.PublicationConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConfigDefaultsTest {
    @Test
    void these_are_the_defaults() {
        IntakeConfig intake = config(Map.of()).getConfigMapping(IntakeConfig.class);
        PublicationConfig publication = config(Map.of()).getConfigMapping(PublicationConfig.class);

        assertThat(intake.maxBytes().asLongValue()).isEqualTo(20 * 1024 * 1024);
        assertThat(intake.maxPixels()).isEqualTo(50_000_000);
        assertThat(intake.jpegQuality()).isEqualTo(0.9f);
        assertThat(intake.concurrency()).isEqualTo(OptionalInt.empty());
        assertThat(intake.maxWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(intake.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(publication.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(publication.retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void these_are_the_names() {
        SmallRyeConfig config = config(Map.of(
                "headwater.intake.max-bytes", "1M",
                "headwater.intake.max-pixels", "2",
                "headwater.intake.jpeg-quality", "0.3",
                "headwater.intake.concurrency", "4",
                "headwater.intake.max-wait", "5S",
                "headwater.intake.retry-after", "6S",
                "headwater.publication.timeout", "7S",
                "headwater.publication.retry-after", "8S"));
        IntakeConfig intake = config.getConfigMapping(IntakeConfig.class);
        PublicationConfig publication = config.getConfigMapping(PublicationConfig.class);

        assertThat(intake.maxBytes().asLongValue()).isEqualTo(1024 * 1024);
        assertThat(intake.maxPixels()).isEqualTo(2);
        assertThat(intake.jpegQuality()).isEqualTo(0.3f);
        assertThat(intake.concurrency()).hasValue(4);
        assertThat(intake.maxWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(intake.retryAfter()).isEqualTo(Duration.ofSeconds(6));
        assertThat(publication.timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(publication.retryAfter()).isEqualTo(Duration.ofSeconds(8));
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(IntakeConfig.class)
                .withMapping(PublicationConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
