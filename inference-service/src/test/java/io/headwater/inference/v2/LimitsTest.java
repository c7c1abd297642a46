package io.headwater.inference.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.inference.artifact.ArtifactRefusedException;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.rollout.InPlay;
import io.headwater.inference.rollout.Serving;
import io.headwater.inference.v2.infer.Admission;
import io.headwater.inference.v2.infer.InferPool;
import io.headwater.inference.v2.infer.InferSettings;
import io.headwater.inference.v2.model.Catalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door on a server of its own, with small limits, and clients that misbehave. */
class LimitsTest {
    private static final InferSettings SETTINGS = new InferSettings(1, 1, 5_000, 5_000, 2, Duration.ofSeconds(2));
    private static final String HEAD = "POST /v2/models/headwater/infer HTTP/1.1\r\nHost: localhost\r\n";
    private static final String GOOD =
            HEAD + "Inference-Header-Content-Length: 0\r\nContent-Length: 768\r\n\r\n" + "x".repeat(16 * 16 * 3);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Serving serving = new Serving();
    private final Admission admission = new Admission(SETTINGS.maxRequests(), SETTINGS.maxBytes());
    private InferPool pool;
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        TestStore store = new TestStore(directory);
        put(store);
        Catalogue catalogue = new Catalogue(serving);
        pool = new InferPool(catalogue, SETTINGS, Pixels::new);
        InferDoor door = new InferDoor(SETTINGS, admission, pool, new V2Metrics(new SimpleMeterRegistry()));
        Router router = Router.router(vertx);
        new Routes(catalogue, door, "1").addTo(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private void put(TestStore store) throws ArtifactRefusedException {
        InPlay.put(serving, store, TestStore.rollout(1, store.backbone(1)).setStable(store.head(5, 1)));
    }

    @AfterEach
    void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        pool.close();
        InPlay.end(serving);
    }

    @Test
    void a_request_within_the_limits_is_answered_again_and_again_on_one_connection() throws IOException {
        try (Client client = new Client()) {
            for (int i = 0; i < 3; i++) {
                client.send(GOOD);
                assertThat(client.answer()).startsWith("HTTP/1.1 200").contains("\"shape\":[1,3]");
            }
        }
        nobodyIsInside();
    }

    @Test
    void a_body_that_is_announced_as_too_large_is_refused() throws IOException {
        try (Client client = new Client()) {
            client.send(HEAD + "Content-Length: 5001\r\n\r\n");

            assertThat(client.answer()).startsWith("HTTP/1.1 413").contains("more than 5000 bytes");
        }
        nobodyIsInside();
    }

    @Test
    void a_body_that_becomes_too_large_is_refused() throws IOException {
        try (Client client = new Client()) {
            client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n1388\r\n" + "x".repeat(5000) + "\r\n1\r\nx\r\n");

            assertThat(client.answer()).startsWith("HTTP/1.1 413").contains("more than 5000 bytes");
        }
        nobodyIsInside();
    }

    @Test
    void a_request_for_which_there_is_no_room_is_turned_away_and_comes_in_later() throws IOException {
        try (Client slow = new Client();
                Client other = new Client()) {
            slow.send(HEAD + "Content-Length: 100\r\n\r\n{");
            await().until(() -> admission.requests() == 1);

            other.send(GOOD);
            assertThat(other.answer())
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("Retry-After: 1")
                    .contains("too many requests");

            slow.close();
            nobodyIsInside();
            other.send(GOOD);
            assertThat(other.answer()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_body_that_does_not_come_is_given_up_and_the_connection_closed() throws IOException {
        try (Client slow = new Client()) {
            slow.send(HEAD + "Content-Length: 100\r\n\r\n{");

            assertThat(slow.answer()).startsWith("HTTP/1.1 408").contains("did not come within 2000 ms");
            assertThat(slow.read()).isEqualTo(-1);
        }
        nobodyIsInside();
    }

    @Test
    void more_images_than_allowed_and_lengths_beyond_the_body_are_refused() throws IOException {
        try (Client client = new Client()) {
            client.send(HEAD + "Inference-Header-Content-Length: 0\r\nContent-Length: 2304\r\n\r\n" + "x".repeat(2304));
            assertThat(client.answer()).startsWith("HTTP/1.1 400").contains("from 1 to 2");
            for (String length : new String[] {"3", "-1", "x", "99999999999999999999"}) {
                client.send(HEAD + "Inference-Header-Content-Length: " + length + "\r\nContent-Length: 2\r\n\r\n{}");
                assertThat(client.answer()).startsWith("HTTP/1.1 400").contains("Inference-Header-Content-Length is ");
            }
            client.send(HEAD + "Content-Length: 0\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 400").contains("no body");
        }
        nobodyIsInside();
    }

    @Test
    void a_client_that_asks_first_is_told_to_go_on() throws IOException {
        try (Client client = new Client()) {
            client.send(GOOD.replace("Content-Length: 768", "Expect: 100-continue\r\nContent-Length: 768"));

            assertThat(client.line()).startsWith("HTTP/1.1 100");
            assertThat(client.line()).isEmpty();
            assertThat(client.answer()).startsWith("HTTP/1.1 200");
        }
    }

    private void nobodyIsInside() {
        await().atMost(Duration.ofSeconds(10)).until(() -> admission.requests() == 0);
    }

    /** Bytes on a socket. */
    private final class Client implements AutoCloseable {
        private final Socket socket;

        Client() throws IOException {
            socket = new Socket("127.0.0.1", server.actualPort());
            socket.setSoTimeout(20_000);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        int read() throws IOException {
            return socket.getInputStream().read();
        }

        String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = read(); next != '\n' && next >= 0; next = read()) {
                line.append((char) next);
            }
            return line.toString().strip();
        }

        /** Status line, headers, body. */
        String answer() throws IOException {
            StringBuilder answer = new StringBuilder();
            int length = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                answer.append(line).append('\n');
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
            }
            return answer + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
