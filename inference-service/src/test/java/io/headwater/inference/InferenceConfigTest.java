package io.headwater.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.inference.instances.ReportSettings;
import io.headwater.inference.model.Device;
import io.headwater.inference.stream.Delivery;
import io.headwater.inference.stream.Flow;
import io.headwater.inference.stream.PipelineSettings;
import io.headwater.inference.stream.Profile;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InferenceConfigTest {
    private static final long MIB = 1024 * 1024;

    @Test
    void defaults_are_recorded() {
        InferenceConfig config = config(Map.of());
        int processors = Runtime.getRuntime().availableProcessors();

        assertThat(config.profile()).isEqualTo(Profile.THROUGHPUT);
        assertThat(config.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(config.threads()).isEmpty();
        assertThat(config.device()).isEqualTo(Device.CPU);
        assertThat(config.intraOpThreads()).isEqualTo(1);
        assertThat(config.batchSize()).isEmpty();
        assertThat(config.commitInterval()).isEmpty();
        assertThat(config.linger()).isEmpty();
        assertThat(config.fetchSize()).isEmpty();
        assertThat(config.imagesInFlight()).isEmpty();
        assertThat(config.bytesInFlight().asLongValue()).isEqualTo(64 * MIB);
        assertThat(config.rememberedImages()).isEqualTo(20_000);
        assertThat(config.reembeddingShare()).isEqualTo(0.25);
        assertThat(config.instanceId()).isEmpty();
        assertThat(config.toReportSettings("host-8081"))
                .isEqualTo(new ReportSettings("host-8081", Duration.ofSeconds(30)));
        assertThat(config.staticMembership()).isFalse();
        assertThat(config.toSettings("p-", "host-8081"))
                .isEqualTo(new PipelineSettings(
                        "p-headwater-inference",
                        "p-headwater-inference-host-8081",
                        Optional.empty(),
                        Delivery.EXACTLY_ONCE,
                        processors,
                        new Flow(
                                512,
                                Duration.ofMillis(500),
                                Duration.ofMillis(50),
                                Flow.FETCH_BYTES,
                                64 * processors,
                                64 * MIB),
                        20_000,
                        0.25));
    }

    @Test
    void the_latency_profile_commits_at_once() {
        InferenceConfig config =
                config(Map.of("headwater.inference.profile", "latency", "headwater.inference.threads", "2"));

        assertThat(config.toSettings("", "x").flow())
                .isEqualTo(new Flow(32, Duration.ZERO, Duration.ZERO, (int) MIB, 128, 64 * MIB));
    }

    @Test
    void a_key_of_its_own_overrides_the_profile() {
        InferenceConfig config = config(Map.of(
                "headwater.inference.profile", "latency",
                "headwater.inference.commit-interval", "5ms"));

        Flow flow = config.toSettings("", "x").flow();
        assertThat(flow.commitInterval()).isEqualTo(Duration.ofMillis(5));
        assertThat(flow.batchSize()).isEqualTo(32);
    }

    @Test
    void names_are_recorded() {
        InferenceConfig config = config(Map.ofEntries(
                Map.entry("headwater.inference.threads", "7"),
                Map.entry("headwater.inference.device", "auto"),
                Map.entry("headwater.inference.intra-op-threads", "2"),
                Map.entry("headwater.inference.delivery", "at-least-once"),
                Map.entry("headwater.inference.batch-size", "9"),
                Map.entry("headwater.inference.commit-interval", "3ms"),
                Map.entry("headwater.inference.linger", "5ms"),
                Map.entry("headwater.inference.fetch-size", "2M"),
                Map.entry("headwater.inference.images-in-flight", "40"),
                Map.entry("headwater.inference.bytes-in-flight", "8M"),
                Map.entry("headwater.inference.remembered-images", "11"),
                Map.entry("headwater.inference.reembedding-share", "0.5"),
                Map.entry("headwater.inference.instance-id", "blue"),
                Map.entry("headwater.inference.heartbeat", "7s"),
                Map.entry("headwater.inference.static-membership", "true")));

        assertThat(config.device()).isEqualTo(Device.AUTO);
        assertThat(config.intraOpThreads()).isEqualTo(2);
        assertThat(config.toReportSettings("unused")).isEqualTo(new ReportSettings("blue", Duration.ofSeconds(7)));
        assertThat(config.toSettings("", "unused"))
                .isEqualTo(new PipelineSettings(
                        "headwater-inference",
                        "headwater-inference-blue",
                        Optional.of("blue"),
                        Delivery.AT_LEAST_ONCE,
                        7,
                        new Flow(9, Duration.ofMillis(3), Duration.ofMillis(5), (int) (2 * MIB), 40, 8 * MIB),
                        11,
                        0.5));
    }

    @Test
    void a_commit_interval_that_a_transaction_does_not_live_through_is_refused() {
        InferenceConfig config = config(Map.of("headwater.inference.commit-interval", "6s"));

        assertThatThrownBy(() -> config.toSettings("", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.inference.commit-interval is 6000 ms, but must be 0 to 5000 ms");
    }

    @Test
    void a_heartbeat_that_nobody_could_follow_is_refused() {
        for (String heartbeat : List.of("999ms", "3601s")) {
            InferenceConfig config = config(Map.of("headwater.inference.heartbeat", heartbeat));

            assertThatThrownBy(() -> config.toReportSettings("x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("headwater.inference.heartbeat is ")
                    .hasMessageContaining("must be 1000 to 3600000 ms");
        }
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
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(InferenceConfig.class)
                .build()
                .getConfigMapping(InferenceConfig.class);
    }
}
