package io.headwater.ingest.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.headwater.events.ImageIngested;
import io.headwater.events.ImageLabelled;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.headwater.ingest.picture.Pictures;
import io.headwater.metrics.MetricsTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class ImageUploadTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/images")
    URI uploads;

    @BeforeEach
    void topicsAreThere() {
        Ready.await();
    }

    @Test
    void an_accepted_image_is_in_the_stream_when_the_answer_comes() throws Exception {
        // Given
        byte[] upload = Pictures.noiseJpeg(500, 375, 11);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(upload));
        String id = sha256.substring(0, 32);
        Instant before = Instant.now();

        // When
        given().body(upload)
                .contentType("image/jpeg")
                .post("/images")
                .then()
                .statusCode(202)
                .header("Location", "/images/" + id)
                .body("id", equalTo(id))
                .body("width", equalTo(341))
                .body("height", equalTo(256))
                .body("label", nullValue());

        // Then
        ImageIngested event = only(images(id));
        assertThat(event.getSha256()).isEqualTo(sha256);
        assertThat(event.getSource()).isEqualTo("rest");
        assertThat(event.getCapturedAt()).isNull();
        assertThat(event.getIngestedAt()).isBetween(before.minusMillis(1), Instant.now());
        BufferedImage image = Pictures.read(event.getJpeg().array());
        assertThat(image.getWidth()).isEqualTo(event.getWidth()).isEqualTo(341);
        assertThat(image.getHeight()).isEqualTo(event.getHeight()).isEqualTo(256);
        assertThat(labels(id)).isEmpty();
    }

    @Test
    void a_label_may_come_with_the_image_as_a_parameter() {
        given().body(Pictures.jpeg(31, 31))
                .contentType("application/octet-stream")
                .header("Idempotency-Key", "with-label~1.0_x")
                .queryParam("label", " Löwenzahn ")
                .queryParam("annotator", "ada")
                .queryParam("source", "camera 7")
                .post("/images")
                .then()
                .statusCode(202)
                .body("id", equalTo("with-label~1.0_x"))
                .body("label", equalTo("Löwenzahn"));

        assertThat(only(images("with-label~1.0_x")).getSource()).isEqualTo("camera 7");
        ImageLabelled label = only(labels("with-label~1.0_x"));
        assertThat(label.getLabel()).isEqualTo("Löwenzahn");
        assertThat(label.getAnnotator()).isEqualTo("ada");
    }

    @Test
    void a_form_brings_image_label_and_source_in_parts() {
        given().multiPart("image", "flower.jpg", Pictures.jpeg(32, 32), "image/jpeg")
                .multiPart("label", "tulip")
                .multiPart("source", "phone")
                .header("Idempotency-Key", "form")
                .post("/images")
                .then()
                .statusCode(202)
                .body("label", equalTo("tulip"));

        assertThat(only(images("form")).getSource()).isEqualTo("phone");
        assertThat(only(labels("form")).getLabel()).isEqualTo("tulip");
        assertThat(only(labels("form")).getAnnotator()).isEqualTo("anonymous");
    }

    @Test
    void the_content_decides_and_not_its_declared_type() {
        byte[] png = Pictures.write(Pictures.quadrants(300, 300), "png");

        given().body(png)
                .contentType("image/jpeg")
                .header("Idempotency-Key", "png-as-jpeg")
                .post("/images")
                .then()
                .statusCode(202);

        assertThat(Pictures.letters(
                        Pictures.read(only(images("png-as-jpeg")).getJpeg().array())))
                .isEqualTo("RGBY");
    }

    @Test
    void an_upload_needs_no_content_type() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uploads)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Pictures.jpeg(25, 25)))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(202);
    }

    @Test
    void the_same_bytes_are_the_same_image() {
        byte[] upload = Pictures.noiseJpeg(40, 40, 12);

        String first =
                given().body(upload).contentType("image/jpeg").post("/images").path("id");
        String second =
                given().body(upload).contentType("image/jpeg").post("/images").path("id");

        assertThat(second).isEqualTo(first);
        assertThat(images(first)).hasSize(2).allSatisfy(event -> assertThat(event)
                .isPresent());
    }

    @Test
    void the_metrics_are_those_of_the_table() throws Exception {
        assertThat(MetricsTable.given(given().get("/q/metrics").asString()))
                .isEqualTo(MetricsTable.documented(Path.of("..", "docs", "metrics.md"), "ingest"));
    }

    @Test
    void uploads_are_counted_by_outcome_and_timed_by_stage() {
        given().body(Pictures.jpeg(30, 30)).contentType("image/jpeg").post("/images");
        given().body(new byte[] {1, 2, 3}).contentType("image/jpeg").post("/images");

        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("headwater_images_total{outcome=\"accepted\"}"))
                .body(containsString("headwater_images_total{outcome=\"unsupported_image\"}"))
                .body(containsString("headwater_intake_seconds_count{stage=\"decode\"}"))
                .body(containsString("headwater_intake_seconds_count{stage=\"encode\"}"))
                .body(containsString("headwater_intake_seconds_count{stage=\"publish\"}"));
    }

    private List<Optional<ImageIngested>> images(String id) {
        return new TopicReader(bootstrapServers).of("images", ImageIngested.class, id);
    }

    private List<Optional<ImageLabelled>> labels(String id) {
        return new TopicReader(bootstrapServers).of("labels", ImageLabelled.class, id);
    }

    private static <T> T only(List<Optional<T>> events) {
        assertThat(events).hasSize(1);
        return events.get(0).orElseThrow();
    }
}
