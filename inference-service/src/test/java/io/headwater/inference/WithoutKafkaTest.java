package io.headwater.inference;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Restarting a process that only misses Kafka would help nobody, so it stays alive; ready it is not. */
@QuarkusTest
@TestProfile(WithoutKafkaTest.NoBroker.class)
class WithoutKafkaTest {

    @Test
    void it_is_alive_and_not_ready_and_tells_what_it_serves() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'inference' }.data.reason", containsString("no backbone"));
        given().get("/rollout").then().statusCode(200).body("generation", equalTo(null));
    }

    /** Kafka where nobody listens. */
    public static final class NoBroker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "kafka.bootstrap.servers",
                    "127.0.0.1:1",
                    "headwater.artifacts",
                    System.getProperty("java.io.tmpdir"));
        }
    }
}
