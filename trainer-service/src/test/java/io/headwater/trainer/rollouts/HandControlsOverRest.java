package io.headwater.trainer.rollouts;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.headwater.trainer.fixture.RunningTrainer;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The rollout over REST, changed by hand. Tested with the others on one running service. */
public interface HandControlsOverRest {
    String PROBLEM = "application/problem+json";
    Map<String, String> WHO = Map.of("by", "alice", "reason", "Maintenance.");

    @Test
    @Order(40)
    default void the_rollout_is_changed_by_hand_if_it_is_said_by_whom_and_why_and_at_which_generation() {
        RunningTrainer.awaitReady();
        var rollout = get("/rollouts");
        rollout.then()
                .body("policy", equalTo("immediate"))
                .body("evidence.level", equalTo(100.0f))
                .body("waitingFor", equalTo("No version waits."))
                .body("paused", equalTo(false));
        String seen = rollout.header("ETag");
        assertThat(seen).isEqualTo("\"" + rollout.path("generation") + "\"");

        hand("/rollouts/pause", seen, Map.of("by", "alice"))
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("by whom"));
        hand("/rollouts/pause", seen, Map.of("by", "alice", "reason", "x".repeat(257)))
                .statusCode(400);
        hand("/rollouts/pause", null, WHO).statusCode(428).contentType(PROBLEM);
        hand("/rollouts/pause", "\"99\"", WHO).statusCode(412).contentType(PROBLEM);
        hand("/rollouts/pause", "now", WHO).statusCode(412);
        hand("/rollouts/99/promote", "*", WHO).statusCode(404).contentType(PROBLEM);
        hand("/rollouts/x/promote", "*", WHO).statusCode(404);
        hand("/rollouts/1/canary?percentage=100", "*", WHO).statusCode(400);
        hand("/rollouts/1/canary", "*", WHO).statusCode(400);
        hand("/rollouts/rollback", "*", WHO)
                .statusCode(409)
                .contentType(PROBLEM)
                .body("detail", equalTo("There is no version to go back to."));
        hand("/rollouts/1/reject", "*", WHO).statusCode(409);

        String paused = hand("/rollouts/pause", seen, WHO)
                .statusCode(200)
                .body("paused", equalTo(true))
                .body("changedBy", equalTo("alice"))
                .body("reason", equalTo("Paused. Maintenance."))
                .body("waitingFor", containsString("paused"))
                .extract()
                .header("ETag");
        // Again, at the generation that is over: it is so already
        hand("/rollouts/pause", seen, WHO).statusCode(200).header("ETag", equalTo(paused));
        hand("/rollouts/resume", seen, WHO).statusCode(412).body("generation", notNullValue());
        hand("/rollouts/pin", paused, WHO).statusCode(200).body("pinned", equalTo(true));
        hand("/rollouts/resume", "*", WHO)
                .statusCode(200)
                .body("paused", equalTo(false))
                .body("pinned", equalTo(false));

        get("/rollouts/history?limit=3")
                .then()
                .statusCode(200)
                .body(
                        "reason",
                        equalTo(List.of("Goes on. Maintenance.", "Pinned. Maintenance.", "Paused. Maintenance.")));
        get("/rollouts/history?limit=0").then().statusCode(400).contentType(PROBLEM);
    }

    private static ValidatableResponse hand(String path, String ifMatch, Map<String, String> body) {
        var request = given().contentType(ContentType.JSON).body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .post(path)
                .then();
    }
}
