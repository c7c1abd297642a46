package io.headwater.e2e.containers;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka's own image in a container, wherever there is an engine to run it. */
public final class ContainerKafka {
    private static final String IMAGE = System.getProperty("headwater.test.kafka-image", "apache/kafka:4.1.1");

    private ContainerKafka() {}

    /**
     * Starts it; skips the test, with the reason, where no engine answers or the image can't be had. Everything else that
     * goes wrong fails the test.
     */
    public static KafkaContainer startOrSkip() {
        Assumptions.assumeTrue(engineAnswers(), "no container engine answers");
        KafkaContainer kafka =
                new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"));
        try {
            kafka.start();
        } catch (ContainerFetchException e) {
            Assumptions.abort("the image " + IMAGE + " can't be had: " + e.getMessage());
        }
        return kafka;
    }

    /** Whether there is an engine; skips the test where one is there and can run nothing. */
    // Finding out may itself need an image, and throws whatever went wrong with that.
    static boolean engineAnswers() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException e) {
            return Assumptions.abort("the container engine can't run anything: " + e);
        }
    }
}
