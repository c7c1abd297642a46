package io.headwater.ingest.label;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.ImageLabelled;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class LabelBatchTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/")
    URI root;

    @BeforeEach
    void topicsAreThere() {
        Ready.await();
    }

    @Test
    void labels_come_as_csv_with_a_heading_and_quotes() {
        List<String> lines = post(
                """
                \uFEFFid,label,annotator
                csv-1,tulip,ada
                csv-2,"rose, red"

                csv-3,
                a b,tulip
                csv-4
                csv-5,a,b,c
                """);

        assertThat(lines.get(lines.size() - 1)).contains("\"complete\":true", "\"accepted\":2", "\"refused\":4");
        assertThat(labels("csv-1").get(0).orElseThrow().getAnnotator()).isEqualTo("ada");
        assertThat(labels("csv-2").get(0).orElseThrow().getLabel()).isEqualTo("rose, red");
        assertThat(labels("csv-2").get(0).orElseThrow().getAnnotator()).isEqualTo("anonymous");
        assertThat(String.join("\n", lines)).contains("invalid-label", "invalid-id", "1 columns", "4 columns");
        assertThat(labels("csv-3")).isEmpty();
    }

    @Test
    void labels_come_as_lines_of_json_and_null_takes_one_back() {
        List<String> lines = post(
                """
                {"id": "json-a", "label": "tulip", "annotator": "ada"}
                {"id": "json-a", "label": null}
                {"id": "json-b", "label": 5}
                {"id": "json-b"}
                nonsense
                ["json-b", "tulip"]
                """);

        assertThat(lines.get(lines.size() - 1)).contains("\"complete\":true", "\"accepted\":2", "\"refused\":4");
        assertThat(labels("json-a").stream().map(label -> label.map(ImageLabelled::getLabel)))
                .containsExactly(Optional.of("tulip"), Optional.empty());
        assertThat(labels("json-b")).isEmpty();
    }

    @Test
    void of_many_labels_of_one_image_the_last_stands_last() {
        String csv = IntStream.range(0, 500).mapToObj(i -> "many,label" + i).collect(Collectors.joining("\n"));

        List<String> lines = post(csv);

        assertThat(lines.get(lines.size() - 1)).contains("\"accepted\":500");
        assertThat(labels("many"))
                .extracting(label -> label.orElseThrow().getLabel())
                .containsExactly(
                        IntStream.range(0, 500).mapToObj(i -> "label" + i).toArray(String[]::new));
    }

    @Test
    void a_quote_that_is_never_closed_ends_the_batch() {
        List<String> lines = post("quote-1,tulip\nquote-2,\"" + "x".repeat(1_000_000));

        assertThat(lines.get(lines.size() - 1)).contains("\"complete\":false", "\"accepted\":1", "too long");
        assertThat(labels("quote-1")).hasSize(1);
    }

    @Test
    void nothing_is_refused() {
        given().urlEncodingEnabled(false)
                .body(new byte[0])
                .contentType("text/csv")
                .post("/labels:batch")
                .then()
                .statusCode(400);
    }

    @Test
    void a_client_that_reads_no_lines_loses_its_connection() throws Exception {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /labels:batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n")
                    .getBytes(UTF_8));
            byte[] lines = "x\n".repeat(8192).getBytes(UTF_8);

            // Each line is answered with a hundred times its bytes, which are never read: in the end one can't write
            // either.
            CompletableFuture<Integer> written =
                    CompletableFuture.supplyAsync(() -> writeUntilClosed(out, lines, 3000));

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(written::isDone);
            assertThat(written.join()).isLessThan(3000);
        }
    }

    private static int writeUntilClosed(OutputStream out, byte[] lines, int most) {
        for (int chunk = 0; chunk < most; chunk++) {
            try {
                out.write((Integer.toHexString(lines.length) + "\r\n").getBytes(UTF_8));
                out.write(lines);
                out.write("\r\n".getBytes(UTF_8));
            } catch (IOException closed) {
                return chunk;
            }
        }
        return most;
    }

    private static List<String> post(String body) {
        return given().urlEncodingEnabled(false)
                .body(body.getBytes(UTF_8))
                .contentType("application/octet-stream")
                .post("/labels:batch")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }

    private List<Optional<ImageLabelled>> labels(String id) {
        return new TopicReader(bootstrapServers).of("labels", ImageLabelled.class, id);
    }
}
