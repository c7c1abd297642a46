package io.headwater.ingest.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.headwater.events.ImageIngested;
import io.headwater.events.ImageLabelled;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.headwater.ingest.picture.Pictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class UploadFormsTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/")
    URI root;

    @BeforeEach
    void topicsAreThere() {
        Ready.await();
    }

    @Test
    void an_image_may_come_as_json() {
        json("{\"id\": \"json-1\", \"label\": \"tulip\", \"annotator\": \"ada\", \"source\": \"script\", \"image\": \""
                        + Base64.getEncoder().encodeToString(Pictures.jpeg(50, 40)) + "\"}")
                .then()
                .statusCode(202)
                .body("id", equalTo("json-1"))
                .body("label", equalTo("tulip"))
                .body("width", equalTo(50));

        TopicReader reader = new TopicReader(bootstrapServers);
        assertThat(reader.of("images", ImageIngested.class, "json-1")
                        .get(0)
                        .orElseThrow()
                        .getSource())
                .isEqualTo("script");
        assertThat(reader.of("labels", ImageLabelled.class, "json-1")
                        .get(0)
                        .orElseThrow()
                        .getAnnotator())
                .isEqualTo("ada");
    }

    @Test
    void the_same_bytes_are_the_same_image_in_whatever_form_they_come() {
        byte[] jpeg = Pictures.jpeg(51, 41);

        String raw =
                given().body(jpeg).contentType("image/jpeg").post("/images").path("id");
        String form = given().multiPart("image", "a.jpg", jpeg, "image/jpeg")
                .post("/images")
                .path("id");
        String json = json("{\"image\": \"" + Base64.getEncoder().encodeToString(jpeg) + "\"}")
                .path("id");

        assertThat(form).isEqualTo(raw);
        assertThat(json).isEqualTo(raw);
    }

    @Test
    void an_image_in_base64_may_be_as_large_as_any_other() throws Exception {
        // As far as its content, and no further: it is nothing that could be decoded.
        assertThat(zeros(20 * 1024 * 1024)).contains("urn:headwater:problem:unsupported-image");
        assertThat(zeros(20 * 1024 * 1024 + 1)).contains("urn:headwater:problem:too-large");
    }

    private String zeros(int bytes) throws Exception {
        String json = "{\"image\": \"" + Base64.getEncoder().encodeToString(new byte[bytes]) + "\"}";
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/images"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void malformed_json_is_refused() {
        problem(json("{\"image\": \"%%\"}"), 400, "malformed-request");
        problem(json("{}"), 400, "malformed-request");
        problem(json(""), 400, "malformed-request");
    }

    @Test
    void the_same_key_with_other_bytes_is_refused_and_with_the_same_is_not() {
        assertThat(keyed("reused", 60).statusCode()).isEqualTo(202);

        problem(keyed("reused", 61), 422, "key-reused");
        assertThat(keyed("reused", 60).statusCode()).isEqualTo(202);
        assertThat(new TopicReader(bootstrapServers).of("images", ImageIngested.class, "reused"))
                .allSatisfy(image -> assertThat(image.orElseThrow().getWidth()).isEqualTo(60));
    }

    @Test
    void a_key_whose_bytes_were_refused_is_free() {
        problem(given().body("no picture").header("Idempotency-Key", "free").post("/images"), 415, "unsupported-image");

        assertThat(keyed("free", 62).statusCode()).isEqualTo(202);
    }

    @Test
    void a_body_that_comes_too_slowly_is_ended_with_408() throws Exception {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /images HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: 5000\r\n\r\n123")
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();

            // And never another byte. The stream ends, so the connection was closed.
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:headwater:problem:too-slow");
        }
        Awaitility.await()
                .untilAsserted(
                        () -> given().get("/q/metrics").then().body(containsString("headwater_intake_bytes 0.0")));
    }

    private static Response keyed(String key, int width) {
        return given().body(Pictures.jpeg(width, 30))
                .contentType("image/jpeg")
                .header("Idempotency-Key", key)
                .post("/images");
    }

    private static Response json(String body) {
        return given().body(body.getBytes(StandardCharsets.UTF_8))
                .contentType("application/json")
                .post("/images");
    }

    private static void problem(Response response, int status, String kind) {
        response.then()
                .statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("type", equalTo("urn:headwater:problem:" + kind));
    }
}
