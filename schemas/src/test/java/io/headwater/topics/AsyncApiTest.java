package io.headwater.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds docs/asyncapi.json to the topics. After a change of them, -Dheadwater.asyncapi.write=true writes it anew. */
class AsyncApiTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "asyncapi.json");

    private final Topics topics = new Topics("", 4, 1);

    @Test
    void the_document_says_what_the_topics_are() throws Exception {
        String expected = new AsyncApi(topics).document();
        if (Boolean.getBoolean("headwater.asyncapi.write")) {
            Files.writeString(DOCUMENT, expected);
        }

        assertThat(DOCUMENT)
                .as("-Dheadwater.asyncapi.write=true writes it anew")
                .hasContent(expected);
    }

    @Test
    void each_topic_is_a_channel_and_each_reference_leads_somewhere() throws IOException {
        JsonNode document = new ObjectMapper().readTree(Files.readString(DOCUMENT));

        assertThat(document.path("asyncapi").asText()).startsWith("3.");
        for (TopicSpec topic : topics.all()) {
            assertThat(document.path("channels")
                            .path(topic.name())
                            .path("address")
                            .asText())
                    .isEqualTo(topic.name());
        }
        List<String> references = new ArrayList<>();
        document.findValues("$ref").forEach(reference -> references.add(reference.asText()));
        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1).replace("~", "~0")).isMissingNode())
                .as(reference)
                .isFalse());
    }
}
