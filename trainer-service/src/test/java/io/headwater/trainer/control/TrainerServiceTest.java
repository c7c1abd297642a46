package io.headwater.trainer.control;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.headwater.artifacts.Sha256;
import io.headwater.metrics.MetricsTable;
import io.headwater.trainer.fixture.RunningTrainer;
import io.headwater.trainer.nearest.NearestOverRest;
import io.headwater.trainer.quality.QualityOverRest;
import io.headwater.trainer.queue.QueueOverRest;
import io.headwater.trainer.rollouts.HandControlsOverRest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The service as it is deployed, over REST. The tests build on each other: first nothing, then a version. */
@QuarkusTest
@QuarkusTestResource(RunningTrainer.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainerServiceTest implements QualityOverRest, QueueOverRest, NearestOverRest, HandControlsOverRest {
    private static final String PROBLEM = "application/problem+json";

    @ConfigProperty(name = "headwater.topic-prefix")
    String prefix;

    @ConfigProperty(name = "headwater.artifacts")
    String artifacts;

    @Override
    public String prefix() {
        return prefix;
    }

    @Test
    @Order(1)
    void becomes_ready_with_a_backbone_and_no_version() {
        RunningTrainer.awaitReady();

        get("/models").then().statusCode(200).body("size()", equalTo(0));
        get("/rollouts")
                .then()
                .statusCode(200)
                .body("generation", equalTo(1))
                .body("backbone.dimension", equalTo(2432))
                .body("backbone.inputSize", equalTo(224));
        get("/backbones")
                .then()
                .statusCode(200)
                .body("serving.name", equalTo("openimages"))
                .body("next", nullValue())
                .body("wantedPrecision", equalTo("int8"))
                .body("int8", nullValue());
        get("/examples").then().statusCode(200).body("total", equalTo(0));
        get("/labels/suspects")
                .then()
                .statusCode(200)
                .body("version", nullValue())
                .body("computedAt", nullValue())
                .body("suspects.size()", equalTo(0));
        get("/drift")
                .then()
                .statusCode(200)
                .body("waiting", equalTo("No window of images is complete yet."))
                .body("window", equalTo(500))
                .body("windows.size()", equalTo(0));
        for (String limit : List.of("0", "101", "x")) {
            get("/drift?limit=" + limit).then().statusCode(400).contentType(PROBLEM);
        }
        get("/q/openapi").then().body(containsString("/drift:"));
        get("/q/metrics").then().body(containsString("headwater_drift_windows_total 0.0"));
        get("/labels/suspects?limit=0").then().statusCode(400).contentType(PROBLEM);
        get("/labels/suspects?limit=many").then().statusCode(400).contentType(PROBLEM);
    }

    @Test
    @Order(2)
    void a_training_that_is_not_possible_yet_is_a_409_with_the_reason() {
        RunningTrainer.awaitReady();

        given().when()
                .post("/trainings")
                .then()
                .statusCode(409)
                .contentType(PROBLEM)
                .body("detail", containsString("At least 2 classes"));
    }

    @Test
    @Order(3)
    void what_does_not_exist_or_is_not_json_is_a_problem() {
        RunningTrainer.awaitReady();

        get("/models/99")
                .then()
                .statusCode(404)
                .contentType(PROBLEM)
                .body("detail", equalTo("There is no version 99."));
        get("/models/x/model.onnx").then().statusCode(404).contentType(PROBLEM);
        get("/trainings/17").then().statusCode(404).contentType(PROBLEM);
        given().delete("/trainings/17").then().statusCode(404).contentType(PROBLEM);
        get("/nowhere").then().statusCode(404).contentType(PROBLEM);
        given().contentType(ContentType.JSON)
                .body("{\"reason\":")
                .post("/trainings")
                .then()
                .statusCode(400)
                .contentType(PROBLEM);
        given().contentType(ContentType.JSON)
                .body(Map.of("reason", "x".repeat(257)))
                .post("/trainings")
                .then()
                .statusCode(400);
    }

    @Test
    @Order(4)
    void labels_become_a_version_that_can_be_read_about_and_downloaded() {
        RunningTrainer.awaitReady();
        RunningTrainer.sendExamples(prefix);

        String job = given().contentType(ContentType.JSON)
                .body(Map.of("reason", "because"))
                .post("/trainings")
                .then()
                .statusCode(202)
                .body("state", equalTo("requested"))
                .body("cause", equalTo("requested"))
                .extract()
                .header("Location");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> get("/models").path("size()").equals(1));
        get("/models/1")
                .then()
                .statusCode(200)
                .body("state", equalTo("stable"))
                .body("labels", equalTo(List.of("ant", "bee")))
                .body("trigger", equalTo("Requested: because"))
                .body("metrics.final.accuracy", equalTo(get("/models").path("[0].metrics.accuracy")));
        get("/rollouts").then().body("stable", equalTo(1)).body("generation", equalTo(2));
        get("/trainings")
                .then()
                .body("last.state", equalTo("stable"))
                .body("newLabels", equalTo(0))
                .body("state", equalTo("idle"))
                .body("trainings.size()", equalTo(1));
        // Followed by where it is, and by the version that came out of it
        get(job).then().statusCode(200).body("state", equalTo("stable")).body("version", equalTo(1));
        get("/trainings/version-1").then().statusCode(200).body("trigger", equalTo("Requested: because"));
        given().delete(job)
                .then()
                .statusCode(409)
                .contentType(PROBLEM)
                .body("detail", containsString("has ended: stable"));

        get("/models/1")
                .then()
                .body("gate.outcome", equalTo("passed"))
                .body("evaluation.confusion.size()", equalTo(2))
                .body("lineage.cause", equalTo("requested"))
                .body("lineage.classes.label", equalTo(List.of("ant", "bee")))
                .body("card", equalTo("/models/1/card"));
        get("/models").then().body("[0].evaluation.confusion", nullValue());
        var card = get("/models/1/card");
        card.then()
                .statusCode(200)
                .contentType("text/markdown;charset=UTF-8")
                .body(containsString("# Headwater image classifier, version 1"));
        given().header("If-None-Match", card.header("ETag"))
                .get("/models/1/card")
                .then()
                .statusCode(304);
        get("/models/2/card").then().statusCode(404).contentType(PROBLEM);

        var file = get("/models/1/model.onnx");
        String sha256 = get("/models/1").path("sha256");
        assertThat(Sha256.of(file.asByteArray())).isEqualTo(sha256);
        assertThat(file.header("ETag")).isEqualTo("\"" + sha256 + "\"");
        given().header("If-None-Match", file.header("ETag"))
                .get("/models/1/model.onnx")
                .then()
                .statusCode(304);
    }

    @Test
    @Order(5)
    void the_examples_can_be_counted_and_paged_through() {
        get("/examples")
                .then()
                .statusCode(200)
                .body("total", equalTo(49))
                .body("minExamplesPerClass", equalTo(5))
                .body("labelsWithoutImage.late", equalTo(0))
                .body("classes.ant.learnt", equalTo(true))
                .body("classes.ant.missing", equalTo(0));

        List<String> ids = new ArrayList<>();
        String after = "";
        while (after != null) {
            var page = get("/examples/items?label=ant&limit=10&after=" + after);
            ids.addAll(page.path("items.id"));
            after = page.path("next");
        }
        assertThat(ids).hasSize(25).isSorted().doesNotHaveDuplicates();

        int holdout = get("/examples").path("holdout");
        get("/examples/items?split=holdout&limit=1000")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(holdout))
                .body("items[0].split", equalTo("holdout"))
                .body("items[0].setAside", equalTo(false))
                .body("items[0].labelledAt", matchesPattern("20.*Z"));
        get("/examples/items?setAside=true").then().body("items.size()", equalTo(0));
    }

    @Test
    @Order(6)
    void a_parameter_of_the_examples_that_makes_no_sense_is_a_problem() {
        for (String bad : List.of("limit=0", "limit=1001", "limit=many", "split=both", "setAside=maybe")) {
            get("/examples/items?" + bad)
                    .then()
                    .statusCode(400)
                    .contentType(PROBLEM)
                    .body("detail", containsString(bad.substring(bad.indexOf('=') + 1)));
        }
    }

    @Test
    @Order(7)
    void metrics_and_the_api_description_are_there() throws IOException {
        assertThat(MetricsTable.given(get("/q/metrics").asString()))
                .isEqualTo(MetricsTable.documented(Path.of("..", "docs", "metrics.md"), "trainer"));
        get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/trainings/{id}"))
                .body(containsString("title: Headwater trainer-service"))
                .body(containsString("#/components/requestBodies/RolloutCommand"))
                .body(containsString("Forty labels were corrected"));
        get("/q/health/live").then().statusCode(200);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("headwater_examples{split=\"train\""))
                .body(containsString("headwater_labels_without_image{state=\"late\""))
                .body(containsString("headwater_examples_set_aside"))
                .body(containsString(
                        "headwater_training_duration_seconds_count{cause=\"requested\",result=\"stable\"}")));
    }

    @Test
    @Order(9)
    void a_model_with_one_flipped_bit_is_a_problem_and_is_not_served() throws IOException {
        Path file = Path.of(artifacts, "models", "1", "model.onnx");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        get("/models/1/model.onnx")
                .then()
                .statusCode(500)
                .contentType(PROBLEM)
                .body("detail", containsString("models/1/model.onnx"));
    }

    @Test
    @Order(50)
    void labels_are_searched_after_the_training() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get("/labels/suspects").path("version") != null);

        get("/labels/suspects?limit=1")
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .body("computedAt", notNullValue())
                .body("examples", equalTo(49));
        get("/labels/suspects?label=nobody").then().statusCode(200).body("total", equalTo(0));
    }
}
