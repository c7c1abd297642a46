package io.headwater.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnreadBodyTest {
    private static final long PATIENCE_MILLIS = 200;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_body_without_an_end_is_not_read_for_ever() throws Exception {
        Router router = Router.router(vertx);
        router.route().handler(context -> {
            context.response().setStatusCode(401).end();
            UnreadBody.discard(context, PATIENCE_MILLIS);
        });
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(endsWithin(Duration.ofSeconds(20), out)).isTrue();
        }
    }

    /** Whether the other side ends the connection while chunk upon chunk is sent. */
    private static boolean endsWithin(Duration time, OutputStream out) {
        byte[] chunk = ("400\r\n" + "x".repeat(0x400) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            try {
                out.write(chunk);
            } catch (IOException reset) {
                return true;
            }
        }
        return false;
    }
}
