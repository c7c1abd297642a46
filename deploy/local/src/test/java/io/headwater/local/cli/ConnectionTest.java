package io.headwater.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks, as a trainer-service hears it that lets nobody in. */
class ConnectionTest {
    @TempDir
    Path home;

    private final StringWriter output = new StringWriter();
    private final List<String> heard = new ArrayList<>();
    private HttpServer trainer;

    @BeforeEach
    void open() throws IOException {
        trainer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trainer.createContext("/models", exchange -> {
            heard.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = "{\"status\": 401, \"detail\": \"This needs a key.\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        trainer.start();
    }

    @AfterEach
    void close() {
        trainer.stop(0);
    }

    @Test
    void a_key_from_the_command_line_or_a_file_is_sent_and_the_first_of_them_counts() throws IOException {
        Path file = Files.writeString(home.resolve("key"), "hw_from_file\n");

        run("--key", "hw_given", "--key-file", file.toString());
        run("--key-file", file.toString());

        assertThat(heard).containsExactly("Bearer hw_given", "Bearer hw_from_file");
    }

    @Test
    void a_service_that_lets_nobody_in_is_told_with_its_own_sentence() {
        assertThat(run()).isEqualTo(1);

        assertThat(output.toString()).contains("This needs a key.").doesNotContain("does not answer");
    }

    @Test
    void what_can_be_no_key_is_not_sent_and_not_shown() {
        assertThat(run("--key", "two words")).isEqualTo(1);

        assertThat(heard).isEmpty();
        assertThat(output.toString()).contains("The key is none").doesNotContain("two words", "\tat ");
    }

    @Test
    void files_that_are_not_there_are_one_sentence() {
        assertThat(run("--key-file", home.resolve("none").toString())).isEqualTo(1);
        assertThat(output.toString()).contains("The key can't be read from").doesNotContain("\tat ");

        var writer = new PrintWriter(output, true);
        int exit = Headwater.commandLine()
                .setOut(writer)
                .setErr(writer)
                .execute(
                        "watch",
                        "--home",
                        home.toString(),
                        "--kafka-config",
                        home.resolve("none").toString());
        assertThat(exit).isEqualTo(1);
        assertThat(output.toString()).contains("Kafka's settings can't be read from");
    }

    private int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "models",
                "--home",
                home.toString(),
                "--trainer",
                "http://127.0.0.1:" + trainer.getAddress().getPort()));
        arguments.addAll(List.of(options));
        var writer = new PrintWriter(output, true);
        return Headwater.commandLine().setOut(writer).setErr(writer).execute(arguments.toArray(String[]::new));
    }
}
