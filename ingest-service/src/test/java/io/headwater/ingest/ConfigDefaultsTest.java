package io.headwater.ingest;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.ingest.batch.BatchConfig;
import io.headwater.ingest.console.ConsoleConfig;
import io.headwater.ingest.intake.IntakeConfig;
import io.headwater.ingest.predictions.PredictionsConfig;
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
        PredictionsConfig predictions = config(Map.of()).getConfigMapping(PredictionsConfig.class);

        assertThat(intake.maxBytes().asLongValue()).isEqualTo(20 * 1024 * 1024);
        assertThat(intake.maxPixels()).isEqualTo(50_000_000);
        assertThat(intake.jpegQuality()).isEqualTo(0.9f);
        assertThat(intake.concurrency()).isEqualTo(OptionalInt.empty());
        assertThat(intake.maxWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(intake.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        BatchConfig batch = config(Map.of()).getConfigMapping(BatchConfig.class);
        assertThat(batch.concurrency()).isEqualTo(8);
        assertThat(batch.window()).isEqualTo(64);
        assertThat(batch.maxItems()).isEqualTo(1_000_000);
        assertThat(batch.writeTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(batch.retryAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(intake.maxBytesInFlight()).isEmpty();
        assertThat(intake.keepOriginal()).isFalse();
        assertThat(intake.maxDecodeBytes()).isEmpty();
        assertThat(intake.maxDecodeTime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(intake.uploadTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(intake.rememberedKeys()).isEqualTo(50_000);
        assertThat(intake.recalledKeys()).isEqualTo(2_000);
        assertThat(predictions.maxWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(predictions.waiters()).isEqualTo(1_000);
        assertThat(predictions.remembered()).isEqualTo(10_000);
        assertThat(publication.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(publication.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        ConsoleConfig console = config(Map.of()).getConfigMapping(ConsoleConfig.class);
        assertThat(console.inference()).isEqualTo("http://127.0.0.1:8081");
        assertThat(console.trainer()).isEqualTo("http://127.0.0.1:8082");
    }

    @Test
    void these_are_the_names() {
        SmallRyeConfig config = config(Map.ofEntries(
                entry("headwater.intake.max-bytes", "1M"),
                entry("headwater.intake.max-pixels", "2"),
                entry("headwater.intake.jpeg-quality", "0.3"),
                entry("headwater.intake.concurrency", "4"),
                entry("headwater.intake.max-wait", "5S"),
                entry("headwater.intake.retry-after", "6S"),
                entry("headwater.publication.timeout", "7S"),
                entry("headwater.publication.retry-after", "8S"),
                entry("headwater.intake.max-bytes-in-flight", "9M"),
                entry("headwater.intake.upload-timeout", "10S"),
                entry("headwater.intake.remembered-keys", "11"),
                entry("headwater.intake.recalled-keys", "12"),
                entry("headwater.predictions.max-wait", "13S"),
                entry("headwater.predictions.waiters", "14"),
                entry("headwater.predictions.remembered", "15"),
                entry("headwater.intake.keep-original", "true"),
                entry("headwater.intake.max-decode-bytes", "21M"),
                entry("headwater.intake.max-decode-time", "22S"),
                entry("headwater.batch.concurrency", "16"),
                entry("headwater.batch.window", "17"),
                entry("headwater.batch.max-items", "18"),
                entry("headwater.batch.write-timeout", "19S"),
                entry("headwater.batch.retry-after", "20S"),
                entry("headwater.console.inference", "https://inference.example"),
                entry("headwater.console.trainer", "https://trainer.example")));
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
        assertThat(intake.maxBytesInFlight().orElseThrow().asLongValue()).isEqualTo(9 * 1024 * 1024);
        assertThat(intake.keepOriginal()).isTrue();
        assertThat(intake.maxDecodeBytes().orElseThrow().asLongValue()).isEqualTo(21 * 1024 * 1024);
        assertThat(intake.maxDecodeTime()).isEqualTo(Duration.ofSeconds(22));
        assertThat(intake.uploadTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(intake.rememberedKeys()).isEqualTo(11);
        assertThat(intake.recalledKeys()).isEqualTo(12);
        PredictionsConfig predictions = config.getConfigMapping(PredictionsConfig.class);
        assertThat(predictions.maxWait()).isEqualTo(Duration.ofSeconds(13));
        assertThat(predictions.waiters()).isEqualTo(14);
        assertThat(predictions.remembered()).isEqualTo(15);
        BatchConfig batch = config.getConfigMapping(BatchConfig.class);
        assertThat(batch.concurrency()).isEqualTo(16);
        assertThat(batch.window()).isEqualTo(17);
        assertThat(batch.maxItems()).isEqualTo(18);
        assertThat(batch.writeTimeout()).isEqualTo(Duration.ofSeconds(19));
        assertThat(batch.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        ConsoleConfig console = config.getConfigMapping(ConsoleConfig.class);
        assertThat(console.inference()).isEqualTo("https://inference.example");
        assertThat(console.trainer()).isEqualTo("https://trainer.example");
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(IntakeConfig.class)
                .withMapping(PublicationConfig.class)
                .withMapping(PredictionsConfig.class)
                .withMapping(BatchConfig.class)
                .withMapping(ConsoleConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
