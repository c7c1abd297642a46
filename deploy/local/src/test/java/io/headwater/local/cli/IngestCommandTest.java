package io.headwater.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class IngestCommandTest {

    @TempDir
    Path home;

    @TempDir
    Path pictures;

    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger busyAnswers = new AtomicInteger();
    private final StringWriter output = new StringWriter();
    private HttpServer door;

    @BeforeEach
    void open() throws IOException {
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(Executors.newCachedThreadPool());
        door.createContext("/images", this::answer);
        door.start();
    }

    @AfterEach
    void close() {
        door.stop(0);
    }

    @Test
    void each_picture_is_sent_with_its_folder_as_its_label() throws IOException {
        picture("rose/1.jpg", "one");
        picture("wild rose & co/2.png", "two");

        assertThat(ingest()).isZero();

        assertThat(accepted).containsExactlyInAnyOrder("image/jpeg rose one", "image/png wild rose & co two");
        assertThat(output.toString()).contains("2 accepted").contains("./headwater models");
    }

    @Test
    void without_labels_none_is_sent() throws IOException {
        picture("rose/1.jpg", "one");

        assertThat(ingest("--label-from", "none")).isZero();

        assertThat(accepted).containsExactly("image/jpeg null one");
    }

    @Test
    void what_is_refused_is_listed_with_the_reason_and_the_others_go_on() throws IOException {
        picture("rose/1.jpg", "one");
        picture("rose/broken.jpg", "refuse me");

        assertThat(ingest()).isEqualTo(1);

        assertThat(output.toString())
                .contains("1 accepted")
                .contains("1 not accepted")
                .contains("rose/broken.jpg: 422: The picture is cut off.");
    }

    @Test
    void a_second_run_goes_on_where_the_first_ended() throws IOException {
        // Given
        picture("rose/1.jpg", "one");
        picture("rose/2.jpg", "two");
        ingest("--limit", "1");
        assertThat(accepted).hasSize(1);

        // When
        int exitCode = ingest();

        // Then
        assertThat(exitCode).isZero();
        assertThat(accepted).containsExactlyInAnyOrder("image/jpeg rose one", "image/jpeg rose two");
        assertThat(output.toString()).contains("1 were sent before");
    }

    @Test
    void a_busy_service_is_asked_again_after_the_time_it_names() throws IOException {
        busyAnswers.set(1);
        picture("rose/1.jpg", "one");
        long began = System.nanoTime();

        assertThat(ingest()).isZero();

        assertThat(accepted).hasSize(1);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @Test
    void a_service_that_stays_busy_longer_than_the_patience_is_told() throws IOException {
        busyAnswers.set(1000);
        picture("rose/1.jpg", "one");

        assertThat(ingest("--patience", "0")).isEqualTo(1);

        assertThat(output.toString()).contains("rose/1.jpg: the ingest-service stayed busy");
    }

    @Test
    void nobody_at_the_address_is_one_sentence() throws IOException {
        picture("rose/1.jpg", "one");
        door.stop(0);

        assertThat(ingest()).isEqualTo(1);

        assertThat(output.toString())
                .contains("does not answer at")
                .contains("./headwater up")
                .doesNotContain("\tat ");
    }

    @Test
    void an_empty_folder_is_one_sentence() {
        assertThat(ingest()).isEqualTo(1);

        assertThat(output.toString()).startsWith("There is no image in ").doesNotContain("\tat ");
    }

    private int ingest(String... more) {
        var writer = new PrintWriter(output, true);
        CommandLine commandLine = Headwater.commandLine().setOut(writer).setErr(writer);
        var arguments = new ArrayList<>(List.of(
                "ingest",
                pictures.toString(),
                "--home",
                home.toString(),
                "--ingest",
                "http://127.0.0.1:" + door.getAddress().getPort()));
        arguments.addAll(List.of(more));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    private void picture(String name, String content) throws IOException {
        Path path = pictures.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (busyAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.getResponseHeaders().add("Retry-After", "1");
            respond(exchange, 503, "{\"title\":\"Kafka is away\"}");
        } else if (content.equals("refuse me")) {
            respond(exchange, 422, "{\"title\":\"Corrupt\",\"detail\":\"The picture is cut off.\"}");
        } else {
            String query = exchange.getRequestURI().getQuery();
            String label = query == null ? "null" : query.replaceFirst("label=", "");
            accepted.add(exchange.getRequestHeaders().getFirst("Content-Type") + " " + label + " " + content);
            respond(exchange, 202, "{\"id\":\"" + content.hashCode() + "\"}");
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
