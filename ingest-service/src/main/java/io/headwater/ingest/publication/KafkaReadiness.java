package io.headwater.ingest.publication;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Kafka answers and the topics are there. Liveness does not ask Kafka: a restart would not help it. */
@Readiness
@ApplicationScoped
class KafkaReadiness implements HealthCheck {
    private final TopicGate gate;

    KafkaReadiness(TopicGate gate) {
        this.gate = gate;
    }

    @Override
    public HealthCheckResponse call() {
        boolean topics = gate.isOpen();
        boolean broker = topics && gate.brokerAnswers();
        return HealthCheckResponse.named("kafka")
                .status(broker)
                .withData("topics", topics)
                .withData("broker", broker)
                .build();
    }
}
