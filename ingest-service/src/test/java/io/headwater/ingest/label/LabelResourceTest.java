package io.headwater.ingest.label;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.headwater.events.ImageLabelled;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class LabelResourceTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/")
    URI root;

    @BeforeEach
    void topicsAreThere() {
        Ready.await();
    }

    @Test
    void a_label_for_an_image_that_nobody_has_seen_is_accepted_because_it_may_come_before_its_image() {
        given().body("{\"label\": \" daisy \", \"annotator\": \"ada\"}")
                .contentType("application/json")
                .put("/images/never-seen/label")
                .then()
                .statusCode(204);

        ImageLabelled label = labels("never-seen").get(0).orElseThrow();
        assertThat(label.getLabel()).isEqualTo("daisy");
        assertThat(label.getAnnotator()).isEqualTo("ada");
    }

    @Test
    void the_last_label_stands_last_and_a_tombstone_takes_it_back() {
        put("rose");
        put("tulip");
        given().delete("/images/changed/label").then().statusCode(204);

        List<Optional<ImageLabelled>> labels = labels("changed");
        assertThat(labels.stream().map(label -> label.map(ImageLabelled::getLabel)))
                .containsExactly(Optional.of("rose"), Optional.of("tulip"), Optional.empty());
    }

    private static void put(String label) {
        given().body(label)
                .contentType("text/plain; charset=UTF-8")
                .put("/images/changed/label")
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"label\": \"\"}",
                "{\"label\": \" \\t \"}",
                "{}",
                "null",
                "{\"label\": null}",
                "{\"label\": \"a\\u0000b\"}"
            })
    void a_bad_label_is_refused(String body) {
        given().body(body)
                .contentType("application/json")
                .put("/images/bad/label")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:headwater:problem:invalid-label"))
                .body("instance", equalTo("/images/bad/label"));
        assertThat(labels("bad")).isEmpty();
    }

    @Test
    void a_label_of_10_kB_is_refused() {
        given().body("x".repeat(10_240))
                .contentType("text/plain")
                .put("/images/bad/label")
                .then()
                .statusCode(400)
                .body("detail", containsString("10240 characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json"})
    void a_label_of_more_than_64_KiB_is_not_read(String type) {
        given().body(" ".repeat(70_000))
                .contentType(type)
                .put("/images/bad/label")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("65536"));
    }

    @Test
    void a_label_without_a_declared_length_is_held_to_64_KiB_too() throws Exception {
        HttpResponse<Void> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(root.resolve("/images/bad/label"))
                                .header("Content-Type", "text/plain")
                                .PUT(HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new ByteArrayInputStream(new byte[70_000])))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"label\": {}}", ""})
    void malformed_json_is_refused(String body) {
        given().body(body)
                .contentType("application/json")
                .put("/images/bad/label")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        for (String type : List.of("text/plain", "application/json")) {
            given().body(new byte[] {'{', '"', (byte) 0xC3, 0x28})
                    .contentType(type)
                    .put("/images/bad/label")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void a_malformed_id_is_refused() {
        given().urlEncodingEnabled(false)
                .body("rose".getBytes(StandardCharsets.UTF_8))
                .contentType("text/plain")
                .put("/images/a%20b/label")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:headwater:problem:invalid-id"));
        given().urlEncodingEnabled(false)
                .delete("/images/a%20b/label")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:headwater:problem:invalid-id"));
    }

    private List<Optional<ImageLabelled>> labels(String id) {
        return new TopicReader(bootstrapServers).of("labels", ImageLabelled.class, id);
    }
}
