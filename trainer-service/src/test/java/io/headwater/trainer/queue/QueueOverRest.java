package io.headwater.trainer.queue;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.RunningTrainer;
import io.headwater.trainer.fixture.Stream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What to label next, over REST. Tested with the others on one running service. */
public interface QueueOverRest {
    String PROBLEM = "application/problem+json";

    /** Of the topics. */
    String prefix();

    @Test
    @Order(8)
    default void the_queue_offers_unlabelled_images_with_reasons_until_they_are_labelled() {
        RunningTrainer.awaitReady();
        String backbone = get("/rollouts").path("backbone.id");
        try (Stream stream = new Stream(prefix())) {
            for (int i = 1_000; i < 1_030; i++) {
                stream.embed("image-" + i, backbone, Embeddings.of(i % 2 == 0 ? "ant" : "bee", i, 2432, 0.1));
            }
            stream.flush();
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            get("/labels/queue?limit=200").path("images.size()").equals(30)
                                    && get("/labels/queue").path("version").equals(1));

            List<String> reasons = get("/labels/queue?limit=200").path("images.reasons.flatten()");
            assertThat(reasons)
                    .allMatch(reason -> reason.startsWith("unsure between") || reason.equals("random check"));
            assertThat(reasons).contains("random check");
            String first = get("/labels/queue").path("images[0].id");
            get("/labels/queue?limit=1")
                    .then()
                    .body("images.size()", equalTo(1))
                    .body("images[0].thumbnail", equalTo("/predictions/" + first + "/thumbnail"));

            stream.label(first, "ant");
            stream.flush();
            await().atMost(Duration.ofSeconds(60)).until(() -> !get("/labels/queue?limit=200")
                    .<List<String>>path("images.id")
                    .contains(first));
            stream.unlabel(first);
        }
        for (String limit : List.of("0", "201", "x", "-1")) {
            given().queryParam("limit", limit)
                    .get("/labels/queue")
                    .then()
                    .statusCode(400)
                    .contentType(PROBLEM)
                    .body("detail", containsString("from 1 to 200"));
        }
        get("/q/openapi").then().body(containsString("/labels/queue:"));
        get("/q/metrics").then().body(containsString("headwater_queue_candidates"));
    }
}
