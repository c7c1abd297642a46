package io.headwater.ingest.cloudevents;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.headwater.events.ImageIngested;
import io.headwater.events.ImageLabelled;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.headwater.ingest.picture.Pictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class EventResourceTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @BeforeEach
    void topicsAreThere() {
        Ready.await();
    }

    @Test
    void an_image_comes_in_binary_mode() {
        binary("1", "com.example.photo", "image/jpeg", Pictures.jpeg(70, 50))
                .then()
                .statusCode(202)
                .body("width", equalTo(70))
                .body("label", equalTo("tulip"));
    }

    @Test
    void an_image_comes_in_structured_mode() {
        CloudEvent event = CloudEventBuilder.v1()
                .withId("2")
                .withSource(URI.create("/cameras/7"))
                .withType("io.headwater.image")
                .withSubject("structured-1")
                .withExtension("label", "rose")
                .withData("image/jpeg", Pictures.jpeg(71, 50))
                .build();

        structured(new JsonFormat().serialize(event))
                .then()
                .statusCode(202)
                .body("id", equalTo("structured-1"))
                .header("Location", "/images/structured-1");

        TopicReader reader = new TopicReader(bootstrapServers);
        assertThat(reader.of("images", ImageIngested.class, "structured-1")
                        .get(0)
                        .orElseThrow()
                        .getSource())
                .isEqualTo("/cameras/7");
        assertThat(reader.of("labels", ImageLabelled.class, "structured-1")
                        .get(0)
                        .orElseThrow()
                        .getLabel())
                .isEqualTo("rose");
    }

    @Test
    void the_same_event_is_the_same_image_and_with_other_bytes_it_is_refused() {
        String first = binary("3", "io.headwater.image", "image/jpeg", Pictures.jpeg(72, 50))
                .path("id");

        assertThat(binary("3", "io.headwater.image", "image/jpeg", Pictures.jpeg(72, 50))
                        .<String>path("id"))
                .isEqualTo(first);
        assertThat(binary("4", "io.headwater.image", "image/jpeg", Pictures.jpeg(72, 50))
                        .<String>path("id"))
                .isNotEqualTo(first);
        binary("3", "io.headwater.image", "image/jpeg", Pictures.jpeg(73, 50))
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:headwater:problem:key-reused"));
    }

    @Test
    void a_label_is_an_event_about_its_image() {
        given().header("ce-specversion", "1.0")
                .header("ce-id", "5")
                .header("ce-source", "/people")
                .header("ce-type", "io.headwater.label")
                .header("ce-subject", "event-label")
                .contentType("application/json")
                .body("{\"label\": \"daisy\", \"annotator\": \"ada\"}")
                .post("/events")
                .then()
                .statusCode(204);

        ImageLabelled label = new TopicReader(bootstrapServers)
                .of("labels", ImageLabelled.class, "event-label")
                .get(0)
                .orElseThrow();
        assertThat(label.getLabel()).isEqualTo("daisy");
        assertThat(label.getAnnotator()).isEqualTo("ada");
    }

    @Test
    void an_event_of_something_else_is_refused() {
        binary("6", "com.example.order", "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(415)
                .body("type", equalTo("urn:headwater:problem:unsupported-event"));
        binary("7", "io.headwater.image", "image/jpeg", "no picture".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(415)
                .body("type", equalTo("urn:headwater:problem:unsupported-image"));
    }

    @Test
    void what_is_no_event_is_refused() {
        given().body(Pictures.jpeg(20, 20))
                .contentType("image/jpeg")
                .post("/events")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:headwater:problem:malformed-request"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"specversion\": \"9.9\", \"id\": \"1\", \"source\": \"/x\", \"type\": \"t\"}",
                "{\"specversion\": \"1.0\", \"source\": \"/x\", \"type\": \"t\"}",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"a b\", \"type\": \"t\"}",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/x\", \"type\": \"t\", \"data_base64\": \"%\"}"
            })
    void malformed_structured_events_are_refused(String body) {
        structured(body.getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private static Response structured(byte[] json) {
        return given().body(json).contentType("application/cloudevents+json").post("/events");
    }

    private static Response binary(String id, String type, String contentType, byte[] data) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/cameras/7")
                .header("ce-type", type)
                .header("ce-label", "tulip")
                .contentType(contentType)
                .body(data)
                .post("/events");
    }
}
