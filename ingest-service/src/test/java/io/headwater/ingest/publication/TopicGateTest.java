package io.headwater.ingest.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.local.broker.EmbeddedBroker;
import io.headwater.topics.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicGateTest {
    private final Topics topics = new Topics("", 2, 1);
    private final AtomicBoolean stopped = new AtomicBoolean();

    @TempDir
    Path directory;

    @Test
    void a_service_that_starts_before_kafka_opens_when_kafka_comes() throws Exception {
        // Given
        int port = freePort();
        TopicGate gate = new TopicGate(topics, kafka("127.0.0.1:" + port), () -> stopped.set(true));
        gate.start(new StartupEvent());
        assertThat(gate.isOpen()).isFalse();
        assertThat(new KafkaReadiness(gate).call().getStatus())
                .isEqualTo(org.eclipse.microprofile.health.HealthCheckResponse.Status.DOWN);

        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            // Then
            await().atMost(Duration.ofSeconds(30)).until(gate::isOpen);
            assertThat(gate.brokerAnswers()).isTrue();
            try (Admin admin = Admin.create(kafka(broker.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get()).contains("images", "labels", "images.dlt");
            }
            assertThat(stopped).isFalse();
        } finally {
            gate.stop(new ShutdownEvent());
        }
    }

    @Test
    void a_topic_that_is_not_as_it_must_be_stops_the_service() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
                Admin admin = Admin.create(kafka(broker.bootstrapServers()))) {
            // Given
            admin.createTopics(List.of(new NewTopic("images", 7, (short) 1)))
                    .all()
                    .get();
            TopicGate gate = new TopicGate(topics, kafka(broker.bootstrapServers()), () -> stopped.set(true));

            // When
            gate.start(new StartupEvent());

            // Then
            await().atMost(Duration.ofSeconds(20)).untilTrue(stopped);
            assertThat(gate.isOpen()).isFalse();
            gate.stop(new ShutdownEvent());
        }
    }

    private static Map<String, Object> kafka(String bootstrapServers) {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
