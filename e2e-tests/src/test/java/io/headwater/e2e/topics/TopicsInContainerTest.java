package io.headwater.e2e.topics;

import io.headwater.e2e.containers.ContainerKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.kafka.KafkaContainer;

/** The same on Kafka's own image, whenever a container engine answers. */
class TopicsInContainerTest extends TopicContract {
    private static KafkaContainer kafka;

    @BeforeAll
    static void startKafka() {
        kafka = ContainerKafka.startOrSkip();
    }

    @AfterAll
    static void stopKafka() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Override
    String bootstrapServers() {
        return kafka.getBootstrapServers();
    }
}
