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

/** A trainer-service that says what it is told to, and remembers what it was asked. */
class RolloutCommandTest {
    private static final String CANARY =
            """
            {"generation": 14, "policy": "shadow-then-canary", "stable": 7, "canary": 8, "canaryPercentage": 10,
             "shadows": [8, 7], "paused": true, "pinned": false, "reason": "It is good.", "changedBy": "trainer",
             "changedAt": "2026-01-01T12:00:00.123Z", "waitingFor": "It is paused.",
             "evidence": {"level": 100.0, "trial": {"version": 8, "against": 7, "images": 624, "wins": 42, "losses": 24,
               "notWorse": 131.2, "better": 2.4, "worse": 1.1}}}""";

    @TempDir
    Path home;

    private final StringWriter output = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private HttpServer trainer;
    private int status = 200;
    private String answer = CANARY;

    @BeforeEach
    void open() throws IOException {
        trainer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trainer.createContext("/rollouts", this::answer);
        trainer.start();
    }

    @AfterEach
    void close() {
        trainer.stop(0);
    }

    @Test
    void without_an_action_it_tells_how_things_stand() {
        assertThat(run("rollout")).isZero();

        assertThat(output.toString())
                .contains("generation 14, policy shadow-then-canary, paused")
                .contains("stable     v7")
                .contains("canary     v8, 10 % of the images")
                .contains(
                        "trial      v8 beside v7: 624 labelled images, 42 wins, 24 losses; evidence of 100: not worse 131,")
                .contains("now        It is paused.");
    }

    @Test
    void an_action_is_sent_with_the_generation_that_was_seen_and_who_and_why() {
        assertThat(run("rollout", "canary", "8", "--percentage", "25", "--by", "alice", "--reason", "I know it."))
                .isZero();

        assertThat(asked)
                .containsExactly(
                        "GET /rollouts null ",
                        "POST /rollouts/8/canary?percentage=25 \"14\" {\"by\":\"alice\",\"reason\":\"I know it.\"}");
        assertThat(output.toString()).startsWith("It was so already.");
    }

    @Test
    void an_action_without_a_reason_or_a_version_is_not_sent() {
        assertThat(run("rollout", "rollback")).isEqualTo(1);
        assertThat(output.toString()).contains("--reason");
        assertThat(run("rollout", "promote", "--reason", "x")).isEqualTo(1);
        assertThat(output.toString()).contains("Say which version");
        assertThat(asked).allMatch(request -> request.startsWith("GET"));
    }

    @Test
    void what_is_refused_is_one_sentence() {
        status = 503;
        answer = "{\"detail\": \"This trainer is a standby.\"}";

        assertThat(run("rollout")).isEqualTo(1);

        assertThat(output.toString().strip()).isEqualTo("This trainer is a standby.");
    }

    @Test
    void the_history_is_a_line_for_each_decision() {
        answer = "[" + CANARY + "]";

        assertThat(run("rollout", "history", "--limit", "5")).isZero();

        assertThat(asked).containsExactly("GET /rollouts/history?limit=5 null ");
        assertThat(output.toString().strip()).isEqualTo("14  2026-01-01T12:00:00Z  trainer     It is good.");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("If-Match") + " " + body);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("ETag", "\"14\"");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--home");
        all.add(home.toString());
        all.add("--trainer");
        all.add("http://127.0.0.1:" + trainer.getAddress().getPort());
        var writer = new PrintWriter(output, true);
        return Headwater.commandLine().setOut(writer).setErr(writer).execute(all.toArray(String[]::new));
    }
}
