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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to the service, and what its answers look like; the service itself is tested where it lives. */
class DeadLettersCommandTest {

    @TempDir
    Path home;

    private final StringWriter output = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private HttpServer service;
    private int status = 200;
    private String answer = "{\"letters\": [], \"next\": null}";

    @BeforeEach
    void open() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
    }

    @AfterEach
    void close() {
        service.stop(0);
    }

    @Test
    void the_list_has_a_line_for_each_letter_and_says_where_the_next_page_begins() {
        answer =
                """
                {"letters": [
                  {"partition": 0, "offset": 17, "failedAt": "2026-11-24T18:03:11.204Z", "reason": "not\\u001b a JPEG",
                   "imageId": "leaf", "origin": {"topic": "images", "partition": 2, "offset": 90}, "size": 9,
                   "history": [], "replayed": null},
                  {"partition": 0, "offset": 16, "failedAt": "2026-11-24T18:03:10Z", "reason": "", "imageId": null,
                   "origin": null, "size": 0, "history": [], "replayed": {"request": "r"}}],
                 "next": "0-16"}""";

        assertThat(run("list", "--reason", "a & b", "--since", "2026-11-24T00:00:00Z", "--partition", "2"))
                .isZero();

        assertThat(asked)
                .containsExactly("GET /dead-letters?partition=2&reason=a+%26+b&since=2026-11-24T00%3A00%3A00Z ");
        assertThat(output.toString().lines())
                .anyMatch(line -> line.matches("0/17 +2026-11-24T18:03:11Z +leaf +2/90 +no +not\\? a JPEG"))
                .anyMatch(line -> line.matches("0/16 +2026-11-24T18:03:10Z +- +- +yes +"))
                .contains("There are more: --before 0-16");
    }

    @Test
    void no_letter_is_said() {
        assertThat(run("list")).isZero();

        assertThat(output.toString()).contains("No dead letter.");
    }

    @Test
    void named_letters_are_put_back_and_what_was_left_out_is_told() {
        answer =
                """
                {"request": "r", "replayed": [{"partition": 0, "offset": 17, "imageId": "leaf", "toPartition": 2}],
                 "skipped": [{"partition": 0, "offset": 3, "why": "it is not there any more"}], "more": false}""";

        assertThat(run("replay", "0/17", "0/3")).isEqualTo(1);

        assertThat(asked)
                .containsExactly("POST /dead-letters/replay {\"dryRun\":false,\"again\":false,\"letters\":"
                        + "[{\"partition\":0,\"offset\":17},{\"partition\":0,\"offset\":3}]}");
        assertThat(output.toString())
                .contains("0/17 is back in partition 2")
                .contains("0/3 was left out: it is not there any more")
                .contains("Put back: 1, left out: 1.");
    }

    @Test
    void a_dry_run_by_reason_says_what_would_go_back() {
        answer =
                """
                {"request": "r", "replayed": [{"partition": 0, "offset": 17, "imageId": "leaf", "toPartition": 2}],
                 "skipped": [], "more": true}""";

        assertThat(run("replay", "--reason", "ONNX", "--limit", "1", "--dry-run"))
                .isZero();

        assertThat(asked)
                .containsExactly("POST /dead-letters/replay"
                        + " {\"limit\":\"1\",\"reasonContains\":\"ONNX\",\"dryRun\":true,\"again\":false}");
        assertThat(output.toString()).contains("0/17 would go back").contains("There are more");
    }

    @Test
    void what_the_service_refuses_is_its_own_sentence() {
        status = 400;
        answer = "{\"title\": \"Bad Request\", \"status\": 400, \"detail\": \"Nothing is chosen.\"}";

        assertThat(run("replay")).isEqualTo(1);

        assertThat(output.toString()).contains("Nothing is chosen.").doesNotContain("\tat ");
    }

    @Test
    void a_letter_that_is_none_and_no_command_have_exit_code_2() {
        assertThat(run("replay", "17")).isEqualTo(2);
        assertThat(Headwater.commandLine().setErr(new PrintWriter(output, true)).execute("dead-letters"))
                .isEqualTo(2);

        assertThat(asked).isEmpty();
        assertThat(output.toString()).contains("17 is no dead letter").contains("Say list or replay.");
    }

    @Test
    void nobody_there_is_one_sentence() {
        service.stop(0);

        assertThat(run("list")).isEqualTo(1);

        assertThat(output.toString())
                .contains("The inference-service does not answer at http://")
                .doesNotContain("\tat ");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int run(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("dead-letters", command));
        all.addAll(List.of(
                "--inference", "http://127.0.0.1:" + service.getAddress().getPort(), "--home", home.toString()));
        all.addAll(List.of(arguments));
        var writer = new PrintWriter(output, true);
        return Headwater.commandLine().setOut(writer).setErr(writer).execute(all.toArray(String[]::new));
    }
}
