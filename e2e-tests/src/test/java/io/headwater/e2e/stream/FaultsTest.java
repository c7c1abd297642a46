package io.headwater.e2e.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.events.ImageClassified;
import io.headwater.local.client.Answer;
import io.headwater.local.client.UnreachableException;
import io.headwater.local.launch.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is stopped or killed: what was accepted is classified once, and no version number is used twice. */
class FaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunningHeadwater headwater;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        headwater = RunningHeadwater.start("faults");
    }

    @AfterAll
    static void stop() {
        headwater.close();
    }

    @Test
    void kafka_stopped_and_started_in_the_middle_loses_nothing_that_was_accepted() throws Exception {
        Upload upload = new Upload(10_000);
        await().atMost(PATIENCE).until(() -> upload.accepted.size() > 40);

        headwater.cluster().stop(Service.KAFKA);
        await().atMost(PATIENCE).until(() -> upload.turnedAway > 0);
        headwater.cluster().start(Service.KAFKA);
        int before = upload.accepted.size();
        await().atMost(PATIENCE).until(() -> upload.accepted.size() > before + 40);

        assertEachAcceptedImageHasOnePrediction(upload.finish());
    }

    @Test
    void the_inference_service_killed_in_the_middle_classifies_each_image_once() throws Exception {
        Upload upload = new Upload(20_000);
        for (int kill = 1; kill <= 3; kill++) {
            int enough = upload.accepted.size() + 60;
            await().atMost(PATIENCE).until(() -> upload.accepted.size() > enough);
            headwater.cluster().kill(Service.INFERENCE);
            headwater.cluster().start(Service.INFERENCE);
        }

        assertEachAcceptedImageHasOnePrediction(upload.finish());
    }

    @Test
    void the_ingest_service_killed_in_the_middle_keeps_what_it_accepted() throws Exception {
        Upload upload = new Upload(30_000);
        await().atMost(PATIENCE).until(() -> upload.accepted.size() > 60);

        headwater.cluster().kill(Service.INGEST);
        headwater.cluster().start(Service.INGEST);
        int before = upload.accepted.size();
        await().atMost(PATIENCE).until(() -> upload.accepted.size() > before + 20);

        assertEachAcceptedImageHasOnePrediction(upload.finish());
    }

    @Test
    void the_trainer_killed_in_the_middle_of_a_training_loses_nothing_and_uses_no_number_twice() throws Exception {
        headwater.sendAll(40_000, 40_090, true);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(examples()).isEqualTo(90));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(headwater.controlPlane().stable()).isPresent());

        await().atMost(PATIENCE).until(() -> !training());
        post("/trainings");
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(this::training);
        headwater.cluster().kill(Service.TRAINER);
        headwater.cluster().start(Service.TRAINER);
        await().atMost(PATIENCE).until(this::leads);

        // Once more, when it has already taken its number.
        await().atMost(PATIENCE).until(() -> !training());
        long taken = newestNumber();
        post("/trainings");
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> newestNumber() > taken);
        headwater.cluster().kill(Service.TRAINER);
        headwater.cluster().start(Service.TRAINER);
        await().atMost(PATIENCE).until(this::leads);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(examples()).isEqualTo(90));
        await().atMost(PATIENCE).until(() -> !training());
        int before = headwater.controlPlane().models().size();
        post("/trainings");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(headwater.controlPlane().models()).hasSizeGreaterThan(before));
        assertThat(headwater.controlPlane().stable()).isPresent();
        // A record is written again when its state moves on; its files and its time never change.
        assertThat(headwater.ledger().models()).allSatisfy((version, entries) -> assertThat(entries)
                .extracting(entry -> entry.getModel().getSha256() + entry.getTrainedAt())
                .containsOnly(
                        entries.get(0).getModel().getSha256() + entries.get(0).getTrainedAt()));
        // No half version: what is in the store under a number that has a record is complete.
        for (String version : headwater.ledger().models().keySet()) {
            assertThat(versions().resolve(version).resolve("model.onnx")).exists();
            assertThat(versions().resolve(version).resolve("head.onnx")).exists();
        }
    }

    private static Path versions() {
        return headwater.cluster().home().artifacts().resolve("models");
    }

    private static long newestNumber() throws IOException {
        try (Stream<Path> reserved =
                Files.list(headwater.cluster().home().artifacts().resolve("reserved"))) {
            return reserved.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElse(0);
        }
    }

    private static void assertEachAcceptedImageHasOnePrediction(Set<String> accepted) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(headwater.ledger().predictions().keySet()).containsAll(accepted));
        Map<String, List<ImageClassified>> predictions = headwater.ledger().predictions();
        assertThat(accepted).allSatisfy(id -> assertThat(predictions.get(id)).hasSize(1));
        assertThat(headwater.ledger().embeddings().keySet()).containsAll(accepted);
    }

    private boolean training() throws Exception {
        return JSON.readTree(get("/trainings")).path("state").asText().equalsIgnoreCase("running");
    }

    /** Not at once after a kill: the one that was killed leads until its session has ended. */
    private boolean leads() throws Exception {
        return JSON.readTree(get("/trainings")).path("role").asText().equals("leader");
    }

    private long examples() throws Exception {
        return JSON.readTree(get("/examples")).path("total").asLong();
    }

    private String get(String path) throws IOException, InterruptedException {
        URI address = URI.create(headwater.addresses().trainer() + path);
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void post(String path) throws IOException, InterruptedException {
        URI address = URI.create(headwater.addresses().trainer() + path);
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(address)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    /** Somebody who goes on sending, whatever happens, and remembers what was accepted. */
    private static final class Upload {
        private final Set<String> accepted = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean finished = new AtomicBoolean();
        private final CompletableFuture<Void> sending;
        private volatile int turnedAway;

        Upload(int from) {
            sending = CompletableFuture.runAsync(() -> send(from));
        }

        Set<String> finish() {
            finished.set(true);
            sending.join();
            return Set.copyOf(accepted);
        }

        private void send(int from) {
            int index = from;
            while (!finished.get()) {
                try {
                    // An image that was not accepted is sent again, under the same id, as a client would.
                    if (headwater.send(index, false) instanceof Answer.Accepted yes) {
                        accepted.add(yes.id());
                        index++;
                    } else {
                        turnedAway++;
                    }
                } catch (UnreachableException e) {
                    turnedAway++;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
