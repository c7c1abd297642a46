package io.headwater.ingest.bulk;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class ImageBatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/")
    URI root;

    @BeforeEach
    void topicsAreThere() {
        Ready.await();
    }

    @Test
    void each_file_of_a_tar_has_a_line_and_its_folder_is_its_label() {
        byte[] tulip = Pictures.noiseJpeg(40, 30, 1001);
        byte[] tar = Archives.tar(entries -> {
            Archives.directory(entries, "tulip");
            Archives.file(entries, "tulip/1.jpg", tulip);
            Archives.file(entries, "tulip/notes.txt", "no picture".getBytes(UTF_8));
            Archives.file(entries, "tulip/cut.jpg", Arrays.copyOf(tulip, tulip.length / 2));
            Archives.file(entries, "../outside.jpg", tulip);
            Archives.link(entries, "tulip/link.jpg", "/etc/passwd");
            Archives.file(entries, "empty.jpg", new byte[0]);
            Archives.file(entries, "top.jpg", Pictures.noiseJpeg(40, 30, 1002));
        });

        List<JsonNode> lines = batch(tar, "?source=card");

        assertThat(line(lines, "tulip/1.jpg").path("status").asInt()).isEqualTo(202);
        assertThat(line(lines, "tulip/1.jpg").path("label").asText()).isEqualTo("tulip");
        assertProblem(line(lines, "tulip/notes.txt"), 415, "unsupported-image");
        assertProblem(line(lines, "tulip/cut.jpg"), 422, "corrupt-image");
        assertProblem(line(lines, "../outside.jpg"), 400, "invalid-parameter");
        assertProblem(line(lines, "tulip/link.jpg"), 400, "invalid-parameter");
        assertProblem(line(lines, "empty.jpg"), 400, "empty-body");
        assertThat(line(lines, "top.jpg").path("status").asInt()).isEqualTo(202);
        assertThat(line(lines, "top.jpg").has("label")).isFalse();
        assertEnd(lines, true, 2, 5);
        String id = line(lines, "tulip/1.jpg").path("id").asText();
        TopicReader reader = new TopicReader(bootstrapServers);
        assertThat(reader.of("images", ImageIngested.class, id)
                        .get(0)
                        .orElseThrow()
                        .getSource())
                .isEqualTo("card");
        assertThat(reader.of("labels", ImageLabelled.class, id)
                        .get(0)
                        .orElseThrow()
                        .getLabel())
                .isEqualTo("tulip");
    }

    @Test
    void a_tar_may_be_gzipped() {
        byte[] tar = Archives.gzip(
                Archives.tar(entries -> Archives.file(entries, "rose/1.jpg", Pictures.noiseJpeg(40, 30, 1003))));

        List<JsonNode> lines = batch(tar, "");

        assertThat(line(lines, "rose/1.jpg").path("label").asText()).isEqualTo("rose");
        assertEnd(lines, true, 1, 0);
    }

    @Test
    void a_zip_is_read_as_it_comes() {
        byte[] zip = Archives.zip(entries -> {
            Archives.file(entries, "daisy/1.jpg", Pictures.noiseJpeg(40, 30, 1004));
            Archives.file(entries, "daisy/2.png", Pictures.write(Pictures.quadrants(50, 50), "png"));
            Archives.file(entries, "readme.md", "hello".getBytes(UTF_8));
        });

        List<JsonNode> lines = batch(zip, "");

        assertThat(line(lines, "daisy/1.jpg").path("label").asText()).isEqualTo("daisy");
        assertThat(line(lines, "daisy/2.png").path("status").asInt()).isEqualTo(202);
        assertProblem(line(lines, "readme.md"), 415, "unsupported-image");
        assertEnd(lines, true, 2, 1);
    }

    @Test
    void lines_of_json_bring_ids_and_labels_and_a_bad_one_is_one_line() {
        String good = "{\"id\": \"nd-1\", \"label\": \"tulip\", \"annotator\": \"ada\", \"image\": \""
                + Base64.getEncoder().encodeToString(Pictures.jpeg(44, 33)) + "\"}";
        String other = good.replace("nd-1", "nd-2");

        List<JsonNode> lines = batch(
                (good + "\n{\"image\": \"%\"}\n\nnonsense\n{\"id\": \"a b\", \"image\": \"AAAA\"}\n" + other)
                        .getBytes(UTF_8),
                "");

        assertThat(number(lines, 1).path("id").asText()).isEqualTo("nd-1");
        assertThat(number(lines, 1).path("label").asText()).isEqualTo("tulip");
        assertProblem(number(lines, 2), 400, "malformed-request");
        assertProblem(number(lines, 3), 400, "malformed-request");
        assertProblem(number(lines, 4), 400, "invalid-id");
        assertThat(number(lines, 5).path("id").asText()).isEqualTo("nd-2");
        assertEnd(lines, true, 2, 3);
        assertThat(new TopicReader(bootstrapServers)
                        .of("labels", ImageLabelled.class, "nd-2")
                        .get(0)
                        .orElseThrow()
                        .getAnnotator())
                .isEqualTo("ada");
    }

    @Test
    void a_form_brings_many_files_and_a_label_holds_for_those_after_it() {
        Response response = given().urlEncodingEnabled(false)
                .multiPart("image", "first.jpg", Pictures.noiseJpeg(40, 30, 1005), "image/jpeg")
                .multiPart("label", "tulip")
                .multiPart("image", "second.jpg", Pictures.noiseJpeg(40, 30, 1006), "image/jpeg")
                .multiPart("image", "rose/third.jpg", Pictures.noiseJpeg(40, 30, 1007), "image/jpeg")
                .multiPart("image", "fourth.jpg", "no picture".getBytes(UTF_8), "image/jpeg")
                .post("/images:batch");

        List<JsonNode> lines = lines(response);
        assertThat(line(lines, "first.jpg").has("label")).isFalse();
        assertThat(line(lines, "second.jpg").path("label").asText()).isEqualTo("tulip");
        assertThat(line(lines, "rose/third.jpg").path("label").asText()).isEqualTo("rose");
        assertProblem(line(lines, "fourth.jpg"), 415, "unsupported-image");
        assertEnd(lines, true, 3, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/images:batch", "/images:batch/"})
    void more_than_any_single_upload_may_have_is_read_and_a_file_that_is_too_large_is_one_line(String path)
            throws Exception {
        byte[] tar = Archives.tar(entries -> {
            Archives.file(entries, "large.jpg", new byte[21 * 1024 * 1024]);
            Archives.file(entries, "nothing.jpg", new byte[8 * 1024 * 1024]);
            Archives.file(entries, "good.jpg", Pictures.noiseJpeg(40, 30, 1008));
        });

        // A client that makes no copies.
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(root.resolve(path))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(tar))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        List<JsonNode> lines =
                response.body().lines().map(ImageBatchTest::parse).toList();
        assertProblem(line(lines, "large.jpg"), 413, "too-large");
        assertProblem(line(lines, "nothing.jpg"), 415, "unsupported-image");
        assertThat(line(lines, "good.jpg").path("status").asInt()).isEqualTo(202);
        assertEnd(lines, true, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "tar without its end mark", "tar.gz", "zip", "zip without its directory", "form"})
    void a_batch_that_is_cut_off_says_so_after_the_lines_of_what_came(String kind) {
        byte[] first = Pictures.noiseJpeg(40, 30, 1009);
        byte[] second = Pictures.noiseJpeg(40, 30, 1010);
        byte[] tar = Archives.tar(entries -> {
            Archives.file(entries, "1.jpg", first);
            Archives.file(entries, "2.jpg", second);
        });
        byte[] zip = Archives.zip(entries -> {
            Archives.file(entries, "1.jpg", first);
            Archives.file(entries, "2.jpg", second);
        });
        String form = "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"1.txt\"\r\n\r\nabc\r\n--x\r\n"
                + "Content-Disposition: form-data; name=\"image\"; filename=\"2.txt\"\r\n\r\nab";
        byte[] cut =
                switch (kind) {
                    case "tar" -> Arrays.copyOf(tar, 512 + (first.length + 511) / 512 * 512 + 512 + 100);
                    case "tar without its end mark" -> Arrays.copyOf(tar, 512 + (first.length + 511) / 512 * 512);
                    case "tar.gz" -> {
                        byte[] packed = Archives.gzip(tar);
                        yield Arrays.copyOf(packed, packed.length - 30);
                    }
                    case "zip" -> Arrays.copyOf(zip, first.length + 300);
                    case "zip without its directory" -> Arrays.copyOf(zip, indexOf(zip, new byte[] {'P', 'K', 1, 2}));
                    default -> form.getBytes(UTF_8);
                };

        List<JsonNode> lines = lines(given().urlEncodingEnabled(false)
                .body(cut)
                .contentType(kind.equals("form") ? "multipart/form-data; boundary=x" : "application/octet-stream")
                .post("/images:batch"));

        JsonNode end = lines.get(lines.size() - 1);
        assertThat(end.path("complete").asBoolean(true)).as(end.toString()).isFalse();
        assertThat(end.at("/problem/type").asText()).isEqualTo("urn:headwater:problem:broken-batch");
        assertThat(number(lines, 1).path("name").asText()).startsWith("1.");
    }

    @Test
    void a_zip_bomb_is_left_where_it_shows() {
        byte[] bomb = Archives.zip(entries -> {
            Archives.file(entries, "good.jpg", Pictures.noiseJpeg(40, 30, 1011));
            Archives.zeros(entries, "bomb.jpg", 150);
            Archives.file(entries, "never.jpg", Pictures.noiseJpeg(40, 30, 1012));
        });

        List<JsonNode> lines = batch(bomb, "");

        assertThat(line(lines, "good.jpg").path("status").asInt()).isEqualTo(202);
        assertProblem(line(lines, "bomb.jpg"), 413, "too-large");
        assertEnd(lines, false, 1, 1);
        assertThat(lines.get(lines.size() - 1).at("/problem/detail").asText()).contains("bomb");
    }

    @Test
    void a_tar_whose_header_wants_gigabytes_is_refused_without_them() {
        byte[] name = "x".repeat(200).getBytes(UTF_8);
        byte[] tar = Archives.tar(entries -> {
            entries.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            Archives.file(entries, new String(name, UTF_8), new byte[10]);
        });
        // The size of the long name's entry: 8 GiB in octal, and a checksum that fits.
        System.arraycopy("77777777777\0".getBytes(UTF_8), 0, tar, 124, 12);
        Archives.checksum(tar);
        byte[] endless = Arrays.copyOf(tar, 8 * 1024 * 1024);

        List<JsonNode> lines = batch(endless, "");

        assertEnd(lines, false, 0, 0);
        assertThat(lines.get(0).at("/problem/detail").asText()).contains("the header of an entry is too long");
    }

    @Test
    void what_is_no_batch_is_refused_at_once() {
        post(new byte[0], "").then().statusCode(400).body("type", equalTo("urn:headwater:problem:empty-body"));
        post(Pictures.jpeg(40, 40), "")
                .then()
                .statusCode(415)
                .body("type", equalTo("urn:headwater:problem:unsupported-batch"));
        post(Archives.gzip("no tar".getBytes(UTF_8)), "").then().statusCode(415);
        given().urlEncodingEnabled(false)
                .contentType("multipart/form-data")
                .body("x".getBytes(UTF_8))
                .post("/images:batch")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:headwater:problem:broken-batch"));
    }

    @Test
    void an_archive_of_nothing_is_complete() {
        assertEnd(batch(Archives.tar(entries -> {}), ""), true, 0, 0);
        assertEnd(batch(Archives.zip(entries -> {}), ""), true, 0, 0);
    }

    @Test
    void a_line_comes_while_the_upload_is_still_coming() throws Exception {
        byte[] json = ("{\"id\": \"live\", \"image\": \"" + Base64.getEncoder().encodeToString(Pictures.jpeg(30, 30))
                        + "\"}\n")
                .getBytes(UTF_8);
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /images:batch HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                            + "Content-Type: application/x-ndjson\r\n\r\n")
                    .getBytes(UTF_8));
            chunk(out, json);

            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(awaitLine(in, "\"live\"")).contains("\"status\":202");

            out.write("0\r\n\r\n".getBytes(UTF_8));
            out.flush();
            assertThat(awaitLine(in, "\"complete\"")).contains("true");
        }
    }

    @Test
    void a_client_that_goes_away_leaves_its_place_to_others() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket(root.getHost(), root.getPort())) {
                socket.setSoTimeout(20_000);
                OutputStream out = socket.getOutputStream();
                out.write(("POST /images:batch HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(UTF_8));
                chunk(out, "{}\n".getBytes(UTF_8));
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                awaitLine(in, "malformed-request");
            }
        }

        Awaitility.await().untilAsserted(() -> assertEnd(batch(Archives.tar(entries -> {}), ""), true, 0, 0));
    }

    /** Each of them holds a thread that waits for bytes which tell what it is. */
    @ParameterizedTest
    @ValueSource(strings = {"/images:batch", "/labels:batch"})
    void a_batch_that_sends_nothing_has_a_place_until_it_goes_away(String path) throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(root.getHost(), root.getPort());
                silent.add(socket);
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                                .getBytes(UTF_8));
            }

            Awaitility.await().untilAsserted(() -> post(Archives.tar(entries -> {}), "")
                    .then()
                    .statusCode(503)
                    .body("type", equalTo("urn:headwater:problem:busy")));
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }

        Awaitility.await().untilAsserted(() -> assertEnd(batch(Archives.tar(entries -> {}), ""), true, 0, 0));
    }

    private static void chunk(OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
        out.write(bytes);
        out.write("\r\n".getBytes(UTF_8));
        out.flush();
    }

    private static String awaitLine(BufferedReader in, String text) throws IOException {
        String line = in.readLine();
        while (line != null && !line.contains(text)) {
            line = in.readLine();
        }
        return line;
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    private static Response post(byte[] body, String query) {
        return given().urlEncodingEnabled(false)
                .body(body)
                .contentType("application/octet-stream")
                .post("/images:batch" + query);
    }

    private static List<JsonNode> batch(byte[] body, String query) {
        return lines(post(body, query));
    }

    private static List<JsonNode> lines(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("application/x-ndjson");
        return response.asString().lines().map(ImageBatchTest::parse).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    private static JsonNode line(List<JsonNode> lines, String name) {
        return lines.stream()
                .filter(line -> name.equals(line.path("name").asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line of " + name + " in " + lines));
    }

    private static JsonNode number(List<JsonNode> lines, int number) {
        return lines.stream()
                .filter(line -> line.path("line").asInt() == number)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + number + " in " + lines));
    }

    private static void assertProblem(JsonNode line, int status, String kind) {
        assertThat(line.path("status").asInt()).as(line.toString()).isEqualTo(status);
        assertThat(line.at("/problem/type").asText()).isEqualTo("urn:headwater:problem:" + kind);
        assertThat(line.at("/problem/detail").asText()).isNotBlank();
    }

    private static void assertEnd(List<JsonNode> lines, boolean complete, int accepted, int refused) {
        JsonNode end = lines.get(lines.size() - 1);
        assertThat(end.path("complete").asBoolean(!complete)).as(end.toString()).isEqualTo(complete);
        assertThat(end.path("accepted").asInt(-1)).isEqualTo(accepted);
        assertThat(end.path("refused").asInt(-1)).isEqualTo(refused);
        assertThat(lines).hasSize(accepted + refused + 1);
    }
}
