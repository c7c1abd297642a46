package io.headwater.ingest.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageIngested;
import io.headwater.events.ScoredLabel;
import io.headwater.events.StageTimings;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.headwater.ingest.TopicWriter;
import io.headwater.ingest.picture.Pictures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class PreferWaitTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Intake intake;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void predictionsAreFollowed() {
        Ready.await();
        // An image whose prediction is remembered is answered at once as soon as the topic is followed.
        predict("followed", "rose");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> upload("followed", "wait=0").statusCode() == 200);
    }

    @Test
    void the_answer_has_the_prediction_when_it_comes_in_time() {
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> upload("waits", "wait=20"));
        Awaitility.await().until(() -> !new TopicReader(bootstrapServers)
                .of("images", ImageIngested.class, "waits")
                .isEmpty());
        assertThat(answer).isNotDone();

        predict("waits", "tulip");

        answer.join()
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=20")
                .header("Location", "/images/waits")
                .body("id", equalTo("waits"))
                .body("prediction.label", equalTo("tulip"))
                .body("prediction.version", equalTo(3))
                .body("prediction.top[0].label", equalTo("tulip"));
    }

    @Test
    void it_is_202_when_no_prediction_comes_in_time() {
        upload("nobody-answers", "wait=1")
                .then()
                .statusCode(202)
                .header("Preference-Applied", nullValue())
                .body("prediction", nullValue());
    }

    @Test
    void an_image_that_is_sent_again_is_answered_with_its_only_prediction() {
        upload("again", "respond-async").then().statusCode(202);
        predict("again", "daisy");

        Awaitility.await()
                .untilAsserted(() ->
                        upload("again", "wait=5").then().statusCode(200).body("prediction.label", equalTo("daisy")));
    }

    @Test
    void without_a_version_the_prediction_says_so() {
        write("none-yet", prediction(null, null));

        Awaitility.await().untilAsserted(() -> upload("none-yet", "wait=5")
                .then()
                .statusCode(200)
                .body("prediction.label", nullValue())
                .body("prediction.generation", equalTo(2)));
    }

    @Test
    void a_client_that_goes_away_before_its_image_is_published_leaves_its_place_to_others() {
        for (int i = 0; i < 5; i++) {
            String id = "goes-away-" + i;
            Cancellable client = intake.accept(
                            intake.room(),
                            () -> Upload.of(Pictures.jpeg(33, 33), id, null, null, null),
                            Optional.of(Duration.ofMinutes(5)))
                    .subscribe()
                    .with(accepted -> {});
            client.cancel();
        }

        Awaitility.await().untilAsserted(() -> assertThat(
                        meters.get("headwater.predictions.waiters").gauge().value())
                .isZero());
    }

    @Test
    void a_refused_upload_is_refused_at_once() {
        given().body(new byte[] {1})
                .header("Prefer", "wait=20")
                .header("Content-Type", "image/jpeg")
                .post("/images")
                .then()
                .statusCode(415);
    }

    private static Response upload(String id, String prefer) {
        return given().body(Pictures.jpeg(33, 33))
                .contentType("image/jpeg")
                .header("Idempotency-Key", id)
                .header("Prefer", prefer)
                .post("/images");
    }

    private void predict(String id, String label) {
        write(id, prediction(3L, label));
    }

    private static ImageClassified prediction(Long version, String label) {
        return ImageClassified.newBuilder()
                .setGeneration(2)
                .setVersion(version)
                .setLabel(label)
                .setConfidence(label == null ? 0 : 0.75f)
                .setTop(label == null ? List.of() : List.of(new ScoredLabel(label, 0.75f)))
                .setTimings(new StageTimings(1L, 2L, 3L))
                .setIngestedAt(Instant.now())
                .setClassifiedAt(Instant.now())
                .build();
    }

    private void write(String id, ImageClassified prediction) {
        try {
            new TopicWriter(bootstrapServers).write("predictions", ImageClassified.class, id, prediction);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
