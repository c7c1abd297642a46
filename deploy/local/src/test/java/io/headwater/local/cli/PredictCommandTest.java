package io.headwater.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.headwater.events.ImageClassified;
import io.headwater.events.StageTimings;
import io.headwater.local.broker.EmbeddedBroker;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicProvisioner;
import io.headwater.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A front door that also does the inference-service's work, in one line, on a real broker. */
class PredictCommandTest {

    private static final Topics TOPICS = new Topics("", 4, 1);

    @TempDir
    static Path data;

    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    private final StringWriter output = new StringWriter();
    private HttpServer door;
    private KafkaProducer<String, ImageClassified> predictions;

    @BeforeAll
    static void startKafka() {
        broker = EmbeddedBroker.start(data, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicProvisioner.ensure(admin, List.of(TOPICS.predictions()), Duration.ofSeconds(30));
        }
    }

    @AfterAll
    static void stopKafka() {
        broker.close();
    }

    @BeforeEach
    void open() throws IOException {
        predictions = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                EventFormat.singleObject().serializer(ImageClassified.class));
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/images", this::answer);
        door.start();
    }

    @AfterEach
    void close() {
        door.stop(0);
        predictions.close();
    }

    @Test
    void each_file_is_answered_with_label_confidence_and_version() throws IOException {
        Path rose = Files.writeString(directory.resolve("a.jpg"), "rose");
        Path tulip = Files.writeString(directory.resolve("b.jpg"), "tulip");

        assertThat(predict(rose, tulip)).isZero();

        assertThat(output.toString()).contains(rose + "\trose\t0.750\tv3").contains(tulip + "\ttulip\t0.750\tv3");
    }

    @Test
    void no_version_yet_is_said_plainly() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jpg"), "nothing trained");

        assertThat(predict(file)).isEqualTo(1);

        assertThat(output.toString()).contains(file + ": no version yet");
    }

    @Test
    void an_answer_that_does_not_come_is_waited_for_in_bounded_time() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jpg"), "lost");

        assertThat(predict(file)).isEqualTo(1);

        assertThat(output.toString()).contains(file + ": no answer within 2 s");
    }

    @Test
    void a_file_that_is_not_there_is_one_sentence() {
        assertThat(predict(directory.resolve("none.jpg"))).isEqualTo(1);

        assertThat(output.toString()).contains("none.jpg can't be read").doesNotContain("\tat ");
    }

    private int predict(Path... files) {
        var writer = new PrintWriter(output, true);
        var arguments = new ArrayList<>(List.of(
                "predict",
                "--timeout",
                "2",
                "--ingest",
                "http://127.0.0.1:" + door.getAddress().getPort(),
                "--kafka",
                broker.bootstrapServers(),
                "--home",
                directory.toString()));
        for (Path file : files) {
            arguments.add(file.toString());
        }
        return Headwater.commandLine().setOut(writer).setErr(writer).execute(arguments.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (!content.equals("lost")) {
            predictions.send(new ProducerRecord<>(
                    TOPICS.predictions().name(), id, prediction(content.equals("nothing trained") ? null : content)));
            predictions.flush();
        }
        byte[] bytes = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(202, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static ImageClassified prediction(String label) {
        return ImageClassified.newBuilder()
                .setGeneration(1)
                .setVersion(label == null ? null : 3L)
                .setLabel(label)
                .setConfidence(label == null ? 0 : 0.75f)
                .setTop(List.of())
                .setTimings(new StageTimings(1L, 1L, 1L))
                .setIngestedAt(Instant.now())
                .setClassifiedAt(Instant.now())
                .build();
    }
}
