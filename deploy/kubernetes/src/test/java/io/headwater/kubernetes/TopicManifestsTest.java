package io.headwater.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the KafkaTopic resources to the topics that the services ask for with the configuration of the same overlay. */
class TopicManifestsTest {
    private static final Path OVERLAY = Path.of("overlays", "production");
    private static final Path TOPICS = OVERLAY.resolve("topics.yaml");

    @Test
    void the_topics_that_strimzi_makes_are_those_that_the_services_expect() throws IOException {
        String expected = TopicManifests.of(configured());
        if (Boolean.getBoolean("headwater.kubernetes.write")) {
            Files.writeString(TOPICS, expected);
        }

        assertThat(TOPICS)
                .as("-Dheadwater.kubernetes.write=true writes it anew")
                .hasContent(expected);
    }

    private static Topics configured() throws IOException {
        JsonNode data =
                Manifests.read(OVERLAY.resolve("configuration.yaml")).get(0).path("data");
        return new Topics(
                "",
                Integer.parseInt(data.path("HEADWATER_TOPICS_PARTITIONS").asText()),
                Integer.parseInt(
                        data.path("HEADWATER_TOPICS_REPLICATION_FACTOR").asText()));
    }
}
