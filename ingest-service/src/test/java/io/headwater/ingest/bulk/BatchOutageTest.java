package io.headwater.ingest.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.events.ImageIngested;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.BrokerSwitch;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.headwater.ingest.picture.Pictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class BatchOutageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/")
    URI root;

    BrokerSwitch broker;

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicReference<JsonNode> end = new AtomicReference<>();

    @Test
    void a_batch_goes_on_through_an_outage_and_each_of_its_lines_is_true() throws Exception {
        Ready.await();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /images:batch HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                            + "Connection: close\r\n\r\n")
                    .getBytes(UTF_8));
            Thread reader = new Thread(() -> readLines(socket));
            reader.start();
            Thread writer = new Thread(() -> {
                while (!done.get()) {
                    send(out, sent.getAndIncrement());
                }
            });
            writer.start();
            Awaitility.await().until(() -> accepted.size() >= 20);

            // When
            broker.off();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> unavailable.get() > 0);
            int before = accepted.size();
            broker.on();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> accepted.size() >= before + 20);
            done.set(true);
            writer.join();
            out.write("0\r\n\r\n".getBytes(UTF_8));
            out.flush();
            reader.join();
        }

        // Then
        assertThat(end.get().path("complete").asBoolean()).isTrue();
        assertThat(end.get().path("accepted").asInt()).isEqualTo(accepted.size());
        assertThat(accepted.size() + unavailable.get()).isEqualTo(sent.get());
        Ready.await();
        Set<String> keys = new TopicReader(bootstrapServers)
                .all("images", ImageIngested.class).stream()
                        .map(image -> image.key())
                        .collect(Collectors.toSet());
        assertThat(keys).containsAll(accepted);
    }

    private static void send(OutputStream out, int number) {
        byte[] line = ("{\"id\": \"batch-outage-" + number + "\", \"image\": \""
                        + Base64.getEncoder().encodeToString(Pictures.noiseJpeg(40, 30, number)) + "\"}\n")
                .getBytes(UTF_8);
        try {
            out.write((Integer.toHexString(line.length) + "\r\n").getBytes(UTF_8));
            out.write(line);
            out.write("\r\n".getBytes(UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readLines(Socket socket) {
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!readLine(in).isEmpty()) {
                // The headers.
            }
            StringBuilder text = new StringBuilder();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                text.append(new String(in.readNBytes(size), UTF_8));
                readLine(in);
                // A chunk may end within a line.
                for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
                    take(JSON.readTree(text.substring(0, end)));
                    text.delete(0, end + 1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(readLine(in), 16);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private void take(JsonNode line) {
        if (line.has("complete")) {
            end.set(line);
        } else if (line.path("status").asInt() == 202) {
            accepted.add(line.path("id").asText());
        } else if (line.path("status").asInt() == 503) {
            unavailable.incrementAndGet();
        }
    }
}
