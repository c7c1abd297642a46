package io.headwater.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.headwater.inference.fixture.ServiceResource;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.fixture.TestStore;
import io.headwater.metrics.MetricsTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = ServiceResource.class, restrictToAnnotatedClass = true)
class InferenceServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "headwater.topic-prefix")
    String prefix;

    @ConfigProperty(name = "headwater.artifacts")
    String artifacts;

    @Test
    void from_a_rollout_and_an_image_to_a_prediction_and_everything_can_be_seen_over_http() throws IOException {
        // Given
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'inference' }.data.reason", containsString("no backbone"));
        given().get("/q/health/live").then().statusCode(200);
        given().get("/rollout").then().statusCode(200).body("generation", equalTo(null));
        given().get("/engine")
                .then()
                .statusCode(200)
                .body("device", equalTo("cpu"))
                .body("threads", equalTo(Runtime.getRuntime().availableProcessors()))
                .body("backbone", equalTo(null));
        given().get("/v2/health/ready").then().statusCode(503).body("ready", equalTo(false));
        given().get("/v2/models/headwater/ready").then().statusCode(503).body("ready", equalTo(false));
        given().body("{}")
                .post("/v2/models/headwater/infer")
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("1"))
                .body("error", containsString("no backbone"));
        TestStore store = new TestStore(Path.of(artifacts));
        try (Stream stream = new Stream(bootstrapServers, prefix)) {
            // When
            stream.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(5, 1)));
            var broken = store.head(6, 0);
            store.flipBit(broken.getUri());
            stream.images("image", 0, 3);

            // Then
            await().atMost(PATIENCE).until(() -> stream.predictions().size() == 3);
            stream.rollout(TestStore.rollout(2, store.backbone(1)).setStable(broken));
            await().atMost(PATIENCE).untilAsserted(() -> given().get("/rollout")
                    .then()
                    .body("generation", equalTo(1))
                    .body("stable", equalTo(5))
                    .body("refused.generation", hasItem(2)));
            given().get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body("checks.find { it.name == 'inference' }.data.generation", equalTo(1))
                    .body("checks.find { it.name == 'inference' }.data.'refused.2'", containsString("SHA-256"));
            given().get("/engine")
                    .then()
                    .body("backbone.id", equalTo(store.backbone(1).getId()))
                    .body("backbone.precision", equalTo("fp32"));
            String metrics = given().get("/q/metrics").asString();
            assertThat(MetricsTable.given(metrics))
                    .isEqualTo(MetricsTable.documented(Path.of("..", "docs", "metrics.md"), "inference"));
            assertThat(metrics)
                    .contains("kafka_consumer_fetch_manager_fetch_latency_avg{")
                    .contains("kafka_producer_record_send_total{")
                    .contains("headwater_inference_version{part=\"stable\"} 5.0")
                    .contains("headwater_inference_images_total{outcome=\"classified\"} 3.0")
                    .contains("headwater_inference_engine{device=\"cpu\"")
                    .contains("headwater_inference_generation 1.0")
                    .contains("headwater_inference_refused_generation 2.0");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(stream.reports())
                    .last()
                    .extracting(entry -> entry.getValue().orElseThrow())
                    .satisfies(report -> {
                        assertThat(report.getGeneration()).isEqualTo(1);
                        assertThat(report.getStable()).isEqualTo(5);
                        assertThat(report.getPartitions()).containsExactly(0, 1);
                        assertThat(report.getReady()).isTrue();
                        assertThat(report.getRefusal().getGeneration()).isEqualTo(2);
                        assertThat(report.getRefusal().getReason()).contains("SHA-256");
                    }));
        }
    }

    @Test
    void what_is_not_there_is_a_problem() {
        given().accept("application/json")
                .get("/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", equalTo(404));
    }
}
