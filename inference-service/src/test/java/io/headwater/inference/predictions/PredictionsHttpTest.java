package io.headwater.inference.predictions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.headwater.inference.fixture.Pictures;
import io.headwater.inference.fixture.ServiceResource;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.fixture.TestStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service with real HTTP clients: from an image in Kafka to what they see. */
@QuarkusTest
@QuarkusTestResource(value = ServiceResource.class, restrictToAnnotatedClass = true)
class PredictionsHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PROBLEM = "application/problem+json";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "headwater.topic-prefix")
    String prefix;

    @ConfigProperty(name = "headwater.artifacts")
    String artifacts;

    @TestHTTPResource("/predictions/stream")
    URI stream;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Listener> listeners = new ArrayList<>();
    private Stream topics;

    @BeforeEach
    void serve() {
        topics = new Stream(bootstrapServers, prefix);
        TestStore store = new TestStore(Path.of(artifacts));
        topics.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(5, 1)));
        awaitImage("warm");
    }

    @AfterEach
    void stop() {
        listeners.forEach(Listener::close);
        topics.close();
        // The next test wants the places of these.
        await().atMost(PATIENCE).until(() -> {
            try (Listener probe = listen("", "")) {
                return probe.response.statusCode() == 200;
            }
        });
    }

    @Test
    void a_committed_prediction_is_there_with_its_picture_and_the_newest_come_first() {
        byte[] jpeg = Pictures.jpeg(3);
        topics.image("an image", jpeg);
        awaitPrediction("an image");
        awaitImage("last");

        given().urlEncodingEnabled(false)
                .get("/predictions/an%20image")
                .then()
                .statusCode(200)
                .body("imageId", equalTo("an image"))
                .body("version", equalTo(5))
                .body("generation", equalTo(1))
                .body("label", equalTo("dog"))
                .body("confidence", equalTo(1f))
                .body("top", hasSize(3))
                .body("shadows", empty())
                .body("ingestedAt", equalTo("2023-11-14T22:13:20Z"))
                .body("thumbnail", equalTo(true));
        byte[] thumbnail = given().urlEncodingEnabled(false)
                .get("/predictions/an%20image/thumbnail")
                .then()
                .statusCode(200)
                .contentType("image/jpeg")
                .header("X-Content-Type-Options", "nosniff")
                .extract()
                .asByteArray();
        assertThat(thumbnail).isEqualTo(jpeg);
        List<String> newest = given().get("/predictions?limit=500").jsonPath().getList("imageId");
        assertThat(newest).startsWith("last").contains("an image");
        given().get("/predictions?limit=1").then().body("imageId", equalTo(List.of("last")));
    }

    @Test
    void an_id_may_be_anything() {
        for (String id : List.of("a/b", "ä%2F", "a..b", "a?b#c", "stream/thumbnail")) {
            awaitImage(id);
            given().urlEncodingEnabled(false)
                    .get("/predictions/" + encoded(id))
                    .then()
                    .statusCode(200)
                    .body("imageId", equalTo(id));
        }
    }

    @Test
    void what_is_not_there_says_where_it_may_be() {
        for (String path : List.of("/predictions/unknown", "/predictions/unknown/thumbnail")) {
            given().get(path)
                    .then()
                    .statusCode(404)
                    .contentType(PROBLEM)
                    .body("detail", allOf(containsString("'unknown'"), containsString("partition ")));
        }
    }

    @Test
    void who_listens_hears_of_each_prediction_and_goes_on_after_a_break() {
        // Given
        Listener first = listen("?version=5&label=dog&canary=false", "");
        Listener other = listen("?confidence-below=0.9", "");
        for (String id : List.of("one", "two", "three")) {
            awaitImage(id);
        }

        // Then
        await().atMost(PATIENCE).until(() -> first.data().size() == 3);
        assertThat(first.response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(first.data().get(1)).contains("\"imageId\":\"two\"").contains("\"label\":\"dog\"");
        assertThat(first.lines).contains("event:prediction");

        // When
        Listener second = listen("", first.ids().get(0));

        // Then
        await().atMost(PATIENCE).until(() -> second.data().size() == 2);
        assertThat(second.ids()).isEqualTo(first.ids().subList(1, 3));
        assertThat(other.data()).isEmpty();
    }

    @Test
    void there_are_only_so_many_listeners_and_one_that_leaves_makes_room() {
        for (int i = 0; i < 16; i++) {
            assertThat(listen("", "").response.statusCode()).isEqualTo(200);
        }

        given().get("/predictions/stream")
                .then()
                .statusCode(503)
                .contentType(PROBLEM)
                .body("detail", containsString("headwater.predictions.stream-clients"));
        listeners.get(0).close();

        await().atMost(PATIENCE).until(() -> listen("", "").response.statusCode() == 200);
    }

    @Test
    void what_can_not_be_meant_is_a_problem() {
        for (String path : List.of(
                "/predictions?limit=0",
                "/predictions?limit=501",
                "/predictions?limit=all",
                "/predictions/stream?version=x",
                "/predictions/stream?confidence-below=60",
                "/predictions/stream?canary=maybe")) {
            given().get(path).then().statusCode(400).contentType(PROBLEM);
        }
    }

    @Test
    void the_description_of_the_interface_has_examples() {
        assertThat(given().get("/q/openapi").asString())
                .contains("/predictions/stream")
                .contains("leaf-4711");
    }

    private void awaitImage(String id) {
        topics.image(id, Pictures.jpeg(1));
        awaitPrediction(id);
    }

    private void awaitPrediction(String id) {
        await().atMost(PATIENCE)
                .until(() -> given().urlEncodingEnabled(false)
                                .get("/predictions/" + encoded(id))
                                .statusCode()
                        == 200);
    }

    private static String encoded(String id) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : id.getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02X".formatted(one));
        }
        return encoded.toString();
    }

    private Listener listen(String query, String lastId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stream + query));
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        try {
            Listener listener = new Listener(http.send(request.build(), BodyHandlers.ofInputStream()));
            listeners.add(listener);
            return listener;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One connection, read as it comes. */
    private static final class Listener implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Listener(HttpResponse<InputStream> response) {
            this.response = response;
            CompletableFuture.runAsync(this::read, task -> new Thread(task, "listener").start());
        }

        private void read() {
            try (var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add(": closed");
            }
        }

        List<String> data() {
            return after("data:");
        }

        List<String> ids() {
            return after("id:");
        }

        private List<String> after(String name) {
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip())
                    .toList();
        }

        @Override
        public void close() {
            try {
                response.body().close();
            } catch (IOException e) {
                lines.add(": closed");
            }
        }
    }
}
