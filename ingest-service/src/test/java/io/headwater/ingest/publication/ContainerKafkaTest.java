package io.headwater.ingest.publication;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.ImageIngested;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.headwater.ingest.picture.Pictures;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The same service with Apache Kafka's official image; runs wherever a container engine answers. */
@QuarkusTest
@TestProfile(ContainerKafkaTest.WithContainer.class)
@EnabledIf("containersRun")
class ContainerKafkaTest {
    private static final String OFFICIAL_IMAGE = "apache/kafka:4.1.1";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    // An engine that has no such image and can't pull it is as good as none; so is one that can't even be asked.
    static boolean containersRun() {
        return withOwnLoader(() -> {
            try {
                return DockerClientFactory.instance().isDockerAvailable()
                        && !new RemoteDockerImage(image()).get().isEmpty();
            } catch (RuntimeException e) {
                return false;
            }
        });
    }

    /** {@code -Dheadwater.test.kafka-image} or HEADWATER_TEST_KAFKA_IMAGE takes another image. */
    private static DockerImageName image() {
        String fromEnvironment = System.getenv().getOrDefault("HEADWATER_TEST_KAFKA_IMAGE", OFFICIAL_IMAGE);
        return DockerImageName.parse(System.getProperty("headwater.test.kafka-image", fromEnvironment))
                .asCompatibleSubstituteFor("apache/kafka");
    }

    // Testcontainers looks for its parts with the thread's class loader, which may be another than its own here.
    private static <T> T withOwnLoader(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(DockerClientFactory.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void an_accepted_image_is_in_kafka_of_the_official_image() {
        Ready.await();

        given().body(Pictures.jpeg(500, 375))
                .contentType("image/jpeg")
                .header("Idempotency-Key", "in-a-container")
                .post("/images")
                .then()
                .statusCode(202);

        List<ImageIngested> events = new TopicReader(bootstrapServers)
                .of("container.images", ImageIngested.class, "in-a-container").stream()
                        .map(Optional::orElseThrow)
                        .toList();
        assertThat(events).hasSize(1);
        assertThat(Pictures.letters(Pictures.read(events.get(0).getJpeg().array())))
                .isEqualTo("RGBY");
    }

    /** With a prefix too, so that it is seen on every name. */
    public static final class WithContainer implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("headwater.topic-prefix", "container.");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Container.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    /** Kafka in a container, for as long as the test takes. */
    public static final class Container implements QuarkusTestResourceLifecycleManager {
        private KafkaContainer kafka;

        @Override
        public Map<String, String> start() {
            return withOwnLoader(() -> {
                kafka = new KafkaContainer(image());
                kafka.start();
                return Map.of("kafka.bootstrap.servers", kafka.getBootstrapServers());
            });
        }

        @Override
        public void stop() {
            if (kafka != null) {
                kafka.stop();
            }
        }
    }
}
