package io.headwater.inference.v2;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.headwater.inference.fixture.Pictures;
import io.headwater.inference.fixture.ServiceResource;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.fixture.TinyModels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cases of the protocol's text, and requests with the bytes of stock clients. */
@QuarkusTest
@QuarkusTestResource(value = ServiceResource.class, restrictToAnnotatedClass = true)
class OpenInferenceTest {
    private static final String MODEL = "/v2/models/headwater";
    private static final int SIZE = TinyModels.INPUT;
    private static final int IMAGE_BYTES = SIZE * SIZE * 3;
    private static final String SHAPE = "[1," + SIZE + "," + SIZE + ",3]";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "headwater.topic-prefix")
    String prefix;

    @ConfigProperty(name = "headwater.artifacts")
    String artifacts;

    /** Whatever other tests of the same service have put into play before. */
    @BeforeEach
    void stable_5_canary_6_and_shadow_7_are_in_play() {
        if (areInPlay()) {
            return;
        }
        Integer before = given().get("/rollout").path("generation");
        TestStore store = new TestStore(Path.of(artifacts));
        try (Stream stream = new Stream(bootstrapServers, prefix)) {
            stream.rollout(TestStore.rollout(before == null ? 1 : before + 100, store.backbone(1))
                    .setStable(store.head(5, 1))
                    .setCanary(store.head(6, 2))
                    .setCanaryPercentage(50)
                    .setShadows(List.of(store.head(7, 0))));
            await().atMost(Duration.ofSeconds(30)).until(OpenInferenceTest::areInPlay);
        }
    }

    private static boolean areInPlay() {
        Response metadata = given().get(MODEL);
        return metadata.statusCode() == 200
                && List.of("5", "6", "7").equals(metadata.path("versions"))
                && "5".equals(metadata.path("parameters.version"));
    }

    @Test
    void the_server_describes_itself() {
        given().get("/v2")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("name", equalTo("headwater"))
                .body("extensions", contains("binary_tensor_data", "classification"));
        given().get("/v2/").then().statusCode(200);
        given().get("/v2/health/live").then().statusCode(200).body("live", equalTo(true));
        given().get("/v2/health/ready").then().statusCode(200).body("ready", equalTo(true));
    }

    @Test
    void the_model_describes_itself() {
        given().get(MODEL)
                .then()
                .statusCode(200)
                .body("name", equalTo("headwater"))
                .body("versions", contains("5", "6", "7"))
                .body("platform", equalTo("onnxruntime_onnx"))
                .body("inputs.name", contains("image"))
                .body("inputs[0].datatype", equalTo("UINT8"))
                .body("inputs[0].shape", contains(-1, SIZE, SIZE, 3))
                .body("outputs.name", contains("probabilities", "embedding"))
                .body("outputs[0].shape", contains(-1, 3))
                .body("outputs[1].shape", contains(-1, TinyModels.DIMENSION))
                .body("parameters.version", equalTo("5"))
                .body("parameters.labels", contains("cat", "dog", "eel"));
        given().get(MODEL + "/versions/7").then().statusCode(200).body("parameters.version", equalTo("7"));
        given().get(MODEL + "/ready")
                .then()
                .statusCode(200)
                .body("name", equalTo("headwater"))
                .body("ready", equalTo(true));
        given().get(MODEL + "/versions/6/ready").then().statusCode(200);
    }

    @Test
    void what_is_not_there_is_the_protocols_error() {
        for (String path : List.of(
                "/v2/nothing",
                "/v2/models",
                "/v2/models/other",
                "/v2/models/other/ready",
                MODEL + "/versions",
                MODEL + "/versions/8",
                MODEL + "/versions/8/ready",
                MODEL + "/versions/five",
                MODEL + "/versions/5/other",
                MODEL + "/config")) {
            error(given().get(path), 404);
        }
        error(given().body("{}").post("/v2/models/other/infer"), 404);
        error(given().body(json("")).post(MODEL + "/versions/8/infer"), 404)
                .body("error", containsString("in play: 5, 6, 7"));
        error(given().get(MODEL + "/infer"), 405).header("Allow", "POST");
        error(given().post(MODEL), 405);
    }

    @Test
    void pixels_in_json_are_answered_in_json() {
        infer(json("\"id\":\"42\","))
                .statusCode(200)
                .contentType("application/json")
                .header("Inference-Header-Content-Length", nullValue())
                .body("model_name", equalTo("headwater"))
                .body("model_version", equalTo("5"))
                .body("id", equalTo("42"))
                .body("outputs", hasSize(1))
                .body("outputs[0].name", equalTo("probabilities"))
                .body("outputs[0].datatype", equalTo("FP32"))
                .body("outputs[0].shape", contains(1, 3))
                .body("outputs[0].data[1].toDouble()", closeTo(1, 1e-6));
    }

    @Test
    void each_version_in_play_can_be_asked_for() {
        for (var favourite : List.of(List.of("5", 1), List.of("6", 2), List.of("7", 0))) {
            given().body(json(""))
                    .post(MODEL + "/versions/" + favourite.get(0) + "/infer")
                    .then()
                    .statusCode(200)
                    .body("model_version", equalTo(favourite.get(0)))
                    .body("outputs[0].data[" + favourite.get(1) + "].toDouble()", closeTo(1, 1e-6));
        }
    }

    @Test
    void nested_arrays_mean_the_same_as_flat_ones() {
        String row = "[" + "[1,2,3],".repeat(SIZE - 1) + "[1,2,3]]";
        String nested = "[[" + (row + ",").repeat(SIZE - 1) + row + "]]";
        String flat = "[" + "1,2,3,".repeat(SIZE * SIZE - 1) + "1,2,3]";
        String outputs = ",\"outputs\":[{\"name\":\"embedding\"}]}";

        List<Float> one =
                infer(input(SHAPE, nested) + outputs).statusCode(200).extract().path("outputs[0].data");
        List<Float> other =
                infer(input(SHAPE, flat) + outputs).statusCode(200).extract().path("outputs[0].data");

        assertThat(one).hasSize(TinyModels.DIMENSION).isEqualTo(other);
    }

    // As tritonclient sends it when no outputs are named: InferInput.set_data_from_numpy(binary_data=True).
    @Test
    void binary_pixels_of_a_stock_client_are_answered_in_binary() {
        byte[] pixels = new byte[2 * IMAGE_BYTES];
        Arrays.fill(pixels, (byte) 200);
        String head =
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[2," + SIZE + "," + SIZE + ",3],\"datatype\":\"UINT8\","
                        + "\"parameters\":{\"binary_data_size\":" + pixels.length
                        + "}}],\"parameters\":{\"binary_data_output\":true}}";

        Response response = binary(head, pixels).post(MODEL + "/infer");

        response.then().statusCode(200).contentType("application/octet-stream");
        int length = Integer.parseInt(response.header("Inference-Header-Content-Length"));
        byte[] body = response.asByteArray();
        assertThat(new String(body, 0, length, StandardCharsets.UTF_8))
                .contains("\"shape\":[2,3]", "\"parameters\":{\"binary_data_size\":24}")
                .doesNotContain("\"id\"", "\"data\"");
        ByteBuffer floats = ByteBuffer.wrap(body, length, body.length - length).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(floats.remaining()).isEqualTo(24);
        for (int i = 0; i < 6; i++) {
            assertThat(floats.getFloat()).isCloseTo(i % 3 == 1 ? 1 : 0, org.assertj.core.data.Offset.offset(1e-6f));
        }
    }

    @Test
    void a_stock_client_works_as_it_is() throws IOException, InterruptedException {
        String said = StockClientRun.against(RestAssured.baseURI.replace("http://", "") + ":" + RestAssured.port, SIZE);

        assertThat(said)
                .contains(
                        "binary=true version=5 id=request-1 probabilities=[0.0, 1.0, 0.0, 0.0, 1.0, 0.0] embedding=16")
                .contains(
                        "binary=false version=6 id=request-1 probabilities=[0.0, 0.0, 1.0, 0.0, 0.0, 1.0] embedding=16");
    }

    // As tritonclient sends numpy.array([jpeg], dtype=object), with a classification and an embedding asked for.
    @Test
    void encoded_pictures_are_classified_in_the_order_in_which_outputs_are_asked_for() {
        byte[] elements = elements(Pictures.jpeg(1), Pictures.jpeg(2));
        String head = "{\"id\":\"7\",\"inputs\":[{\"name\":\"image\",\"shape\":[2],\"datatype\":\"BYTES\","
                + "\"parameters\":{\"binary_data_size\":" + elements.length + "}}],\"outputs\":["
                + "{\"name\":\"embedding\",\"parameters\":{\"binary_data\":true}},"
                + "{\"name\":\"probabilities\",\"parameters\":{\"classification\":2,\"binary_data\":true}}]}";

        Response response = binary(head, elements).post(MODEL + "/versions/6/infer");

        response.then().statusCode(200);
        int length = Integer.parseInt(response.header("Inference-Header-Content-Length"));
        byte[] body = response.asByteArray();
        int embeddings = 2 * TinyModels.DIMENSION * 4;
        assertThat(new String(body, 0, length, StandardCharsets.UTF_8))
                .contains("\"id\":\"7\"", "\"datatype\":\"BYTES\",\"shape\":[2,2]");
        assertThat(new String(
                        body, length + embeddings, body.length - length - embeddings, StandardCharsets.ISO_8859_1))
                .startsWith("\u000e\0\0\0001.000000:2:eel\u000e\0\0\0000.000000:0:cat\u000e\0\0\0001.000000:2:eel");
    }

    @Test
    void pictures_in_json_are_base64() {
        String data = "[\"" + Base64.getEncoder().encodeToString(Pictures.jpeg(3)) + "\"]";

        infer("{\"inputs\":[{\"data\":" + data + ",\"datatype\":\"BYTES\",\"shape\":[1,1],\"name\":\"image\"}],"
                        + "\"outputs\":[{\"name\":\"probabilities\",\"parameters\":{\"classification\":99}}]}")
                .statusCode(200)
                .body("outputs[0].shape", contains(1, 3))
                .body("outputs[0].data[0]", equalTo("1.000000:1:dog"));
        error(
                        given().body("{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],"
                                        + "\"data\":[\"not base64!\"]}]}")
                                .post(MODEL + "/infer"),
                        400)
                .body("error", containsString("Base64"));
    }

    @Test
    void a_body_may_be_the_contents_of_the_input_alone() {
        octets(Pictures.jpeg(3))
                .contentType("image/jpeg")
                .header("Inference-Header-Content-Length", "0")
                .post(MODEL + "/infer")
                .then()
                .statusCode(200)
                .body("outputs[0].shape", contains(1, 3));
        octets(new byte[3 * IMAGE_BYTES])
                .header("Inference-Header-Content-Length", "0")
                .post(MODEL + "/infer")
                .then()
                .statusCode(200)
                .body("outputs[0].shape", contains(3, 3));
        error(
                octets(new byte[IMAGE_BYTES + 1])
                        .header("Inference-Header-Content-Length", "0")
                        .post(MODEL + "/infer"),
                400);
    }

    @Test
    void compressed_requests_are_taken() throws IOException {
        byte[] plain = json("").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(plain);
        }
        ByteArrayOutputStream deflate = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflate)) {
            out.write(plain);
        }

        octets(gzip.toByteArray())
                .header("Content-Encoding", "gzip")
                .post(MODEL + "/infer")
                .then()
                .statusCode(200);
        octets(deflate.toByteArray())
                .header("Content-Encoding", "deflate")
                .post(MODEL + "/infer")
                .then()
                .statusCode(200);
    }

    @Test
    void a_damaged_picture_is_the_clients_error() {
        byte[] jpeg = Pictures.jpeg(4);
        byte[] elements = elements(Pictures.jpeg(1), Arrays.copyOf(jpeg, jpeg.length / 2));
        String head = "{\"inputs\":[{\"name\":\"image\",\"shape\":[2],\"datatype\":\"BYTES\",\"parameters\":"
                + "{\"binary_data_size\":" + elements.length + "}}]}";

        error(binary(head, elements).post(MODEL + "/infer"), 400).body("error", containsString("image 1: the JPEG"));
    }

    @Test
    void it_is_counted() {
        infer(json("")).statusCode(200);

        assertThat(given().get("/q/metrics").asString())
                .containsPattern("headwater_v2_images_total [1-9]")
                .containsPattern("headwater_v2_requests_seconds_count\\{outcome=\"answered\"\\} [1-9]");
    }

    @Test
    void it_is_in_the_description_of_the_doors() {
        assertThat(given().accept("application/json")
                        .get("/q/openapi?format=json")
                        .asString())
                .contains("/v2/models/headwater/infer", "/v2/health/ready", "Inference-Header-Content-Length");
    }

    private static String json(String more) {
        return "{" + more
                + input(SHAPE, "[" + "9,".repeat(IMAGE_BYTES - 1) + "9]").substring(1) + "}";
    }

    private static String input(String shape, String data) {
        return "{\"inputs\":[{\"name\":\"image\",\"shape\":" + shape + ",\"datatype\":\"UINT8\",\"data\":" + data
                + "}]";
    }

    private static ValidatableResponse infer(String body) {
        return given().body(body).post(MODEL + "/infer").then();
    }

    private static RequestSpecification binary(String head, byte[] tensor) {
        byte[] json = head.getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(json, json.length + tensor.length);
        System.arraycopy(tensor, 0, body, json.length, tensor.length);
        return octets(body).header("Inference-Header-Content-Length", json.length);
    }

    private static RequestSpecification octets(byte[] body) {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("application/octet-stream")
                .body(body);
    }

    private static byte[] elements(byte[]... elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] element : elements) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(element.length)
                    .array());
            out.writeBytes(element);
        }
        return out.toByteArray();
    }

    private static ValidatableResponse error(Response response, int status) {
        return response.then()
                .statusCode(status)
                .contentType("application/json")
                .body("size()", equalTo(1))
                .body("error", containsString(" "));
    }
}
