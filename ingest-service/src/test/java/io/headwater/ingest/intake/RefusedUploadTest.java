package io.headwater.ingest.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.headwater.events.ImageIngested;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.headwater.ingest.picture.Pictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class RefusedUploadTest {
    private static final int TOO_MANY = 20 * 1024 * 1024 + 1;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/images")
    URI images;

    @BeforeEach
    void topicsAreThere() {
        Ready.await();
    }

    static Stream<Arguments> badUploads() {
        byte[] jpeg = Pictures.noiseJpeg(300, 200, 5);
        return Stream.of(
                Arguments.of("empty", new byte[0], 400, "empty-body"),
                Arguments.of("20-byte JPEG", Arrays.copyOf(jpeg, 20), 422, "corrupt-image"),
                Arguments.of("truncated JPEG", Arrays.copyOf(jpeg, jpeg.length / 2), 422, "corrupt-image"),
                Arguments.of("60000 x 60000", Pictures.pngHeader(60_000, 60_000), 413, "too-many-pixels"),
                Arguments.of("HEIF", "\0\0\0\u0018ftypheic".getBytes(StandardCharsets.UTF_8), 415, "unsupported-image"),
                Arguments.of("text", "hello".getBytes(StandardCharsets.UTF_8), 415, "unsupported-image"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badUploads")
    void a_bad_upload_is_a_problem_and_no_event(String name, byte[] body, int status, String kind) {
        String id = "refused-" + kind + "-" + body.length;

        Response response = given().body(body)
                .contentType("image/jpeg")
                .header("Idempotency-Key", id)
                .post("/images");

        assertProblem(response, status, kind);
        response.then().body("instance", equalTo("/images"));
        assertThat(new TopicReader(bootstrapServers).of("images", ImageIngested.class, id))
                .isEmpty();
    }

    @Test
    void an_unsupported_image_is_told_what_it_is() {
        given().body("%PDF-1.7".getBytes(StandardCharsets.UTF_8))
                .contentType("image/gif")
                .post("/images")
                .then()
                .body("detail", containsString("a PDF"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ä", "a/b", "..", "."})
    void a_malformed_id_is_refused(String id) {
        Response response = given().body(Pictures.jpeg(20, 20))
                .contentType("image/jpeg")
                .header("Idempotency-Key", id)
                .post("/images");

        assertProblem(response, 400, "invalid-id");
    }

    @Test
    void an_id_of_129_characters_is_refused_and_one_of_128_is_not() {
        assertProblem(upload("x".repeat(129)), 400, "invalid-id");
        assertThat(upload("x".repeat(128)).statusCode()).isEqualTo(202);
    }

    private static Response upload(String id) {
        return given().body(Pictures.jpeg(20, 20))
                .contentType("image/jpeg")
                .header("Idempotency-Key", id)
                .post("/images");
    }

    @Test
    void a_bad_label_keeps_the_image_out_too() {
        Response response = given().body(Pictures.jpeg(20, 20))
                .contentType("image/jpeg")
                .header("Idempotency-Key", "bad-label")
                .queryParam("label", "a\u0007b")
                .post("/images");

        assertProblem(response, 400, "invalid-label");
        assertThat(new TopicReader(bootstrapServers).of("images", ImageIngested.class, "bad-label"))
                .isEmpty();
    }

    @Test
    void a_source_of_129_characters_is_refused() {
        Response response = given().body(Pictures.jpeg(20, 20))
                .contentType("image/jpeg")
                .queryParam("source", "s".repeat(129))
                .post("/images");

        assertProblem(response, 400, "invalid-parameter");
    }

    @Test
    void a_form_without_an_image_is_refused() {
        assertProblem(given().multiPart("label", "tulip").post("/images"), 400, "malformed-request");
    }

    @Test
    void a_form_with_a_label_of_10_kB_names_the_rule() {
        Response response = given().multiPart("image", "a.jpg", Pictures.jpeg(20, 20), "image/jpeg")
                .multiPart("label", "x".repeat(10_240))
                .post("/images");

        assertProblem(response, 400, "invalid-label");
        response.then().body("detail", containsString("at most 64"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=x"})
    void a_malformed_form_is_refused(String contentType) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(images)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString("this is no form")));

        assertThat(response.body()).contains("urn:headwater:problem:malformed-request");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void a_declared_length_that_is_too_large_is_refused_with_a_problem() throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(images).POST(HttpRequest.BodyPublishers.ofByteArray(new byte[30_000_000])));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("urn:headwater:problem:too-large", "max-bytes");
    }

    @Test
    void one_byte_too_many_is_refused_with_and_without_a_declared_length() throws Exception {
        HttpRequest.BodyPublisher declared = HttpRequest.BodyPublishers.ofByteArray(new byte[TOO_MANY]);
        HttpRequest.BodyPublisher chunked = HttpRequest.BodyPublishers.ofInputStream(
                () -> (InputStream) new ByteArrayInputStream(new byte[TOO_MANY]));

        for (HttpRequest.BodyPublisher body : new HttpRequest.BodyPublisher[] {declared, chunked}) {
            HttpResponse<String> response = send(HttpRequest.newBuilder(images).POST(body));
            assertThat(response.body()).contains("urn:headwater:problem:too-large");
            assertThat(response.statusCode()).isEqualTo(413);
        }
    }

    @Test
    void what_is_not_there_or_not_allowed_is_a_problem_too() {
        assertProblem(given().get("/nothing/here"), 404, "not-found");
        assertProblem(given().get("/q/nothing"), 404, "not-found");
        assertProblem(given().delete("/images"), 405, "method-not-allowed");
        assertProblem(given().contentType("text/html").body("x").put("/images/a/label"), 415, "unsupported-media-type");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertProblem(Response response, int status, String kind) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:headwater:problem:" + kind))
                .body("status", equalTo(status));
        assertThat(response.<String>path("title")).isNotBlank();
        assertThat(response.<String>path("detail")).isNotBlank();
    }
}
