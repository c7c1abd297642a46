package io.headwater.trainer.nearest;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;

import io.headwater.trainer.fixture.RunningTrainer;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What an image is like, over the REST of a trainer that has the examples of {@link RunningTrainer#sendExamples}. */
public interface NearestOverRest {
    @Test
    @Order(5)
    default void an_image_is_shown_beside_the_labelled_ones_that_it_is_like() {
        RunningTrainer.awaitReady();

        get("/examples/nearest?image=image-3&limit=4")
                .then()
                .statusCode(200)
                .body("image", equalTo("image-3"))
                .body("nearest.size()", equalTo(4))
                .body("nearest.label", everyItem(in(List.of("ant", "bee"))));
        get("/examples/nearest?image=nobody")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("'nobody' is not here"));
        for (String query :
                List.of("", "?image=image-3&limit=0", "?image=image-3&limit=51", "?image=image-3&limit=x")) {
            get("/examples/nearest" + query).then().statusCode(400).contentType("application/problem+json");
        }
        get("/q/openapi").then().body(containsString("/examples/nearest:"));
    }
}
