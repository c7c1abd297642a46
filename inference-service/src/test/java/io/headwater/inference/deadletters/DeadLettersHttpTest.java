package io.headwater.inference.deadletters;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.headwater.deadletter.DeadLetters;
import io.headwater.inference.fixture.ServiceResource;
import io.headwater.inference.fixture.Stream;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = ServiceResource.class, restrictToAnnotatedClass = true)
class DeadLettersHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PROBLEM = "application/problem+json";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "headwater.topic-prefix")
    String prefix;

    @Test
    void letters_are_listed_looked_into_and_put_back() {
        try (Stream stream = new Stream(bootstrapServers, prefix)) {
            // Given
            ConsumerRecord<byte[], byte[]> origin = new ConsumerRecord<>(
                    stream.topics().images().name(),
                    1,
                    100,
                    "a/b %41".getBytes(StandardCharsets.UTF_8),
                    "<script>".getBytes(StandardCharsets.UTF_8));
            stream.send(DeadLetters.of(
                    stream.topics().deadLetters(stream.topics().images()).name(), origin, "not an image"));

            // Then
            given().get("/dead-letters?reason=NOT AN&limit=1")
                    .then()
                    .statusCode(200)
                    .body("letters", hasSize(1))
                    .body("letters[0].imageId", equalTo("a/b %41"))
                    .body("letters[0].origin.partition", equalTo(1))
                    .body("letters[0].size", equalTo(8))
                    .body("letters[0].replayed", nullValue());
            // Others share this service, and may have left letters of their own.
            String place =
                    "0/" + given().get("/dead-letters?reason=NOT AN&limit=1").path("letters[0].offset");
            given().get("/dead-letters?reason=else").then().statusCode(200).body("letters", empty());
            given().get("/dead-letters/" + place).then().statusCode(200).body("reason", equalTo("not an image"));
            given().get("/dead-letters/" + place + "/bytes")
                    .then()
                    .statusCode(200)
                    .contentType("application/octet-stream")
                    .header(
                            "Content-Disposition",
                            "attachment; filename=\"dead-letter-" + place.replace('/', '-') + ".bin\"")
                    .header("X-Content-Type-Options", "nosniff")
                    .body(equalTo("<script>"));

            // When
            given().contentType(ContentType.JSON)
                    .body("{\"letters\": [{\"partition\": 0, \"offset\": " + place.substring(2) + "}]}")
                    .post("/dead-letters/replay")
                    .then()
                    .statusCode(200)
                    .body("replayed.toPartition", equalTo(List.of(1)))
                    .body("skipped", empty())
                    .body("request", notNullValue());

            // Then
            await().atMost(PATIENCE)
                    .until(() -> stream.committed(stream.topics().images()).stream()
                                    .filter(entry -> Arrays.equals(entry.key(), origin.key()))
                                    .count()
                            == 1);
            given().get("/dead-letters/" + place).then().body("replayed.request", notNullValue());
            assertThat(given().get("/q/metrics").asString()).contains("headwater_inference_replayed_total 1.0");
        }
    }

    @Test
    void what_can_not_be_meant_is_a_problem() {
        for (String query : new String[] {
            "limit=0",
            "limit=201",
            "limit=x",
            "since=yesterday",
            "until=1",
            "before=x",
            "before=0-1_",
            "partition=-1",
            "partition=9999999999",
            "reason=" + "x".repeat(201)
        }) {
            given().get("/dead-letters?" + query)
                    .then()
                    .statusCode(400)
                    .contentType(PROBLEM)
                    .body("detail", not(containsString("null")));
        }
        given().contentType(ContentType.JSON)
                .body("{\"reasonContains\": \"x\", \"dryrun\": true}")
                .post("/dead-letters/replay")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("dryrun"));
        given().contentType(ContentType.JSON)
                .post("/dead-letters/replay")
                .then()
                .statusCode(400);
    }

    @Test
    void a_form_of_another_site_puts_nothing_back() {
        given().contentType("text/plain")
                .body("{\"reasonContains\": \"x\"}")
                .post("/dead-letters/replay")
                .then()
                .statusCode(415);
    }

    @Test
    void a_letter_that_is_not_there_is_a_problem() {
        for (String path : new String[] {"0/999", "7/0", "0/999/bytes"}) {
            given().get("/dead-letters/" + path).then().statusCode(404).contentType(PROBLEM);
        }
        given().get("/dead-letters/x/0").then().statusCode(404);
    }

    @Test
    void the_description_of_the_interface_has_examples() {
        assertThat(given().get("/q/openapi").asString())
                .contains("/dead-letters/replay")
                .contains("by reason, try first");
    }
}
