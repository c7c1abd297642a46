package io.headwater.trainer.quality;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.headwater.trainer.fixture.RunningTrainer;
import io.headwater.trainer.fixture.Stream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Live quality over REST. Tested with the others on one running service. */
public interface QualityOverRest {
    String PROBLEM = "application/problem+json";

    /** Of the topics. */
    String prefix();

    @Test
    @Order(8)
    default void live_quality_can_be_read_of_all_versions_and_of_one() {
        RunningTrainer.awaitReady();
        try (Stream stream = new Stream(prefix())) {
            for (int i = 0; i < 10; i++) {
                stream.predict("image-" + i, 1, "ant");
            }
            stream.flush();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get("/quality").path("images").equals(10));

        get("/quality")
                .then()
                .statusCode(200)
                .body("stable.version", equalTo(1))
                .body("stable.fallen", equalTo(false))
                .body("labels.mostPerAnnotatorHour", equalTo(500))
                .body("labels.counted", equalTo(10))
                .body("labels.beyond", equalTo(0))
                .body("versions.size()", equalTo(1));
        get("/quality/1")
                .then()
                .statusCode(200)
                .body("served.right", equalTo(5))
                .body("served.accuracy.value", equalTo(0.5f))
                .body("served.classes.bee.recall.value", equalTo(0f))
                .body("shadow.images", equalTo(0))
                .body("windows[0].served.images", equalTo(10));
        get("/quality/99")
                .then()
                .statusCode(404)
                .contentType(PROBLEM)
                .body("detail", equalTo("No labelled image was answered by a version 99."));
        get("/q/openapi").then().body(containsString("/quality/{version}:"));
        get("/quality/x").then().statusCode(404).contentType(PROBLEM);
        for (String limit : List.of("0", "101", "x", "-1")) {
            given().queryParam("limit", limit)
                    .get("/quality")
                    .then()
                    .statusCode(400)
                    .contentType(PROBLEM)
                    .body("detail", containsString("from 1 to 100"));
        }
        get("/q/metrics")
                .then()
                .body(containsString("headwater_quality_images 10.0"))
                .body(containsString("headwater_quality_evidence"));
    }
}
