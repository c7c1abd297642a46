package io.headwater.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.inference.stream.PipelineSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferenceConfigTest {
    @Test
    void defaults_are_recorded() {
        InferenceConfig config = config(Map.of());

        assertThat(config.threads()).isEmpty();
        assertThat(config.decodeThreads()).isEmpty();
        assertThat(config.intraOpThreads()).isEqualTo(1);
        assertThat(config.batchSize()).isEqualTo(128);
        assertThat(config.batchesInFlight()).isEqualTo(3);
        assertThat(config.rememberedImages()).isEqualTo(20_000);
        assertThat(config.reembeddingShare()).isEqualTo(0.25);
        assertThat(config.linger()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.instanceId()).isEmpty();
        assertThat(config.toSettings("p-", "host-8081"))
                .isEqualTo(new PipelineSettings(
                        "p-headwater-inference",
                        "p-headwater-inference-host-8081",
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().availableProcessors(),
                        128,
                        3,
                        20_000,
                        0.25,
                        Duration.ofMillis(50)));
    }

    @Test
    void names_are_recorded() {
        InferenceConfig config = config(Map.of(
                "headwater.inference.threads", "7",
                "headwater.inference.decode-threads", "3",
                "headwater.inference.intra-op-threads", "2",
                "headwater.inference.batch-size", "9",
                "headwater.inference.batches-in-flight", "4",
                "headwater.inference.remembered-images", "11",
                "headwater.inference.linger", "5ms",
                "headwater.inference.instance-id", "blue"));

        assertThat(config.intraOpThreads()).isEqualTo(2);
        assertThat(config.toSettings("", "unused"))
                .isEqualTo(new PipelineSettings(
                        "headwater-inference", "headwater-inference-blue", 7, 3, 9, 4, 11, 0.25, Duration.ofMillis(5)));
    }

    @Test
    void an_impossible_value_is_refused_with_its_key() {
        InferenceConfig config = config(Map.of("headwater.inference.batch-size", "0"));

        assertThatThrownBy(() -> config.toSettings("", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.inference.batch-size is 0");
    }

    @Test
    void embedding_again_takes_more_than_nothing_and_at_most_one_thread() {
        for (String share : List.of("0", "1.01", "NaN")) {
            InferenceConfig config = config(Map.of("headwater.inference.reembedding-share", share));

            assertThatThrownBy(() -> config.toSettings("", "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("headwater.inference.reembedding-share is ");
        }
        assertThat(config(Map.of("headwater.inference.reembedding-share", "1"))
                        .toSettings("", "x")
                        .reembeddingShare())
                .isEqualTo(1);
    }

    private static InferenceConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(values)
                // Quarkus registers it by itself.
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(InferenceConfig.class)
                .build()
                .getConfigMapping(InferenceConfig.class);
    }
}
