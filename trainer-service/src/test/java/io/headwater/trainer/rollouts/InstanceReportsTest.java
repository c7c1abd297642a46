package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.InstanceReported;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InstanceReportsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void an_instance_whose_clock_is_an_hour_behind_is_there_as_soon_as_it_reports_to_a_new_trainer() {
        try (Stream stream = new Stream(TestBroker.freshPrefix());
                InstanceReports reports = new InstanceReports(
                        TestBroker.kafka(),
                        stream.topics().instances().name(),
                        EventFormat.singleObject(),
                        Clock.systemUTC(),
                        nanos::get)) {
            report(stream, "before", Duration.ZERO);
            report(stream, "slow", Duration.ofHours(1));

            reports.start();

            await().atMost(SOON).until(() -> reports.read(7).isPresent());
            assertThat(plane(reports).instances()).isEqualTo(2);
            assertThat(plane(reports).behind()).containsExactly("slow");
            report(stream, "slow", Duration.ofHours(1));
            await().atMost(SOON).until(() -> plane(reports).behind(), List::isEmpty);
            nanos.set(Duration.ofSeconds(91).toNanos());
            assertThat(plane(reports).instances()).isZero();
            report(stream, "slow", Duration.ofHours(1));
            await().atMost(SOON).until(() -> plane(reports).serving() == 1);
        }
    }

    private static DataPlane plane(InstanceReports reports) {
        return reports.read(7).orElseThrow();
    }

    private static void report(Stream stream, String instance, Duration behind) {
        InstanceReported report = InstanceReported.newBuilder()
                .setGeneration(7L)
                .setStartedAt(Instant.EPOCH)
                .setReportedAt(Instant.now().minus(behind))
                .setHeartbeatMillis(30_000)
                .build();
        String topic = stream.topics().instances().name();
        stream.raw(
                topic,
                instance,
                EventFormat.singleObject().serializer(InstanceReported.class).serialize(topic, report));
    }
}
