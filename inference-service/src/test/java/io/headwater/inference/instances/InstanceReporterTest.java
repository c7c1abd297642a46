package io.headwater.inference.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.InstanceReported;
import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.rollout.VersionTallies;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InstanceReporterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicReference<InstanceState> state = new AtomicReference<>(States.starting());

    @Test
    void it_reports_its_start_every_change_a_heartbeat_and_its_stop() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), UUID.randomUUID() + "-")) {
            InstanceReporter reporter = reporter(Broker.bootstrapServers(), stream.topics(), Duration.ofSeconds(1));

            reporter.start();
            await().atMost(PATIENCE).until(() -> !stream.reports().isEmpty());
            state.set(States.serving(5, 0, 1));
            // The change, and at least one more because a second has passed.
            await().atMost(PATIENCE)
                    .until(() -> stream.reports().stream()
                                    .flatMap(entry -> entry.getValue().stream())
                                    .filter(report -> report.getGeneration() != null)
                                    .count()
                            >= 2);
            reporter.close();

            List<Map.Entry<String, Optional<InstanceReported>>> reports = stream.reports();
            assertThat(reports).extracting(Map.Entry::getKey).containsOnly("blue");
            assertThat(reports.get(0).getValue().orElseThrow().getReady()).isFalse();
            assertThat(reports.get(reports.size() - 1).getValue()).isEmpty();
            InstanceReported last = reports.get(reports.size() - 2).getValue().orElseThrow();
            assertThat(last.getReady()).isTrue();
            assertThat(last.getPartitions()).containsExactly(0, 1);
        }
    }

    @Test
    @Timeout(30)
    void without_kafka_it_still_ends() {
        InstanceReporter reporter = reporter("127.0.0.1:1", new Topics("", 1, 1), Duration.ofSeconds(30));

        reporter.start();
        reporter.close();
    }

    private InstanceReporter reporter(String bootstrapServers, Topics topics, Duration heartbeat) {
        return new InstanceReporter(
                Map.of("bootstrap.servers", bootstrapServers),
                topics,
                EventFormat.singleObject(),
                new ReportSettings("blue", heartbeat),
                state::get,
                new VersionTallies(),
                Clock.systemUTC());
    }
}
