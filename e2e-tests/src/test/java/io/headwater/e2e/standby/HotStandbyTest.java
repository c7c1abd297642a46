package io.headwater.e2e.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.events.ModelPublished;
import io.headwater.local.broker.EmbeddedBroker;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.topics.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two trainers, of which the leader is lost in the middle of a training: exactly one next version. */
class HotStandbyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path DIRECTORY = Path.of(System.getProperty("headwater.e2e.directory", "target/e2e"));
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A training that does not end by itself while the test runs. */
    private static final Map<String, String> ENDLESS =
            Map.of("headwater.training.min-steps", "100000000", "headwater.training.patience", "100000000");

    @TempDir
    static Path shared;

    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    private String prefix;
    private LabelledEmbeddings labelled;
    private TrainerProcess leader;
    private TrainerProcess standby;
    private String backbone;
    private int dimension;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(shared, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startTrainers() throws Exception {
        prefix = directory.getFileName() + ".";
        leader = trainer("one", ENDLESS);
        await().atMost(PATIENCE).until(() -> leader.isReadyAs("leader"));
        standby = trainer("two", Map.of());
        await().atMost(PATIENCE).until(() -> standby.isReadyAs("standby"));
        JsonNode rollout = standby.get("/rollouts");
        backbone = rollout.path("backbone").path("id").asText();
        dimension = rollout.path("backbone").path("dimension").asInt();
        labelled = new LabelledEmbeddings(broker.bootstrapServers(), topics());
    }

    @AfterEach
    void stopTrainers() {
        Stream.of(leader, standby, labelled).forEach(HotStandbyTest::close);
    }

    @Test
    void the_leader_killed_in_the_middle_of_a_training_is_replaced_and_there_is_exactly_one_next_version()
            throws Exception {
        labelled.send(0, 40, backbone, dimension);
        await().atMost(PATIENCE).until(leader::isTraining);
        assertThatTheStandbyNamesTheLeader();

        leader.kill();

        await().atMost(PATIENCE).until(() -> standby.isReadyAs("leader"));
        await().atMost(PATIENCE).until(() -> standby.get("/models").size() == 1);
        assertThat(records()).hasSize(1);
        assertThatTheStoreHoldsWhatIsRecordedAndNothingElse();

        // And it goes on, with the next number
        Set<Long> before = records().keySet();
        labelled.send(40, 80, backbone, dimension);
        await().atMost(PATIENCE).until(() -> standby.get("/models").size() == 2);
        assertThat(records().keySet()).hasSize(2).containsAll(before);
        assertThat(records().values()).allMatch(hashes -> hashes.size() == 1);
    }

    @Test
    void a_leader_that_stood_still_in_the_middle_of_a_training_finds_itself_replaced_and_stands_by() throws Exception {
        labelled.send(0, 40, backbone, dimension);
        await().atMost(PATIENCE).until(leader::isTraining);

        leader.pause();
        await().atMost(PATIENCE).until(() -> standby.isReadyAs("leader"));
        await().atMost(PATIENCE).until(() -> standby.get("/models").size() == 1);
        leader.resume();

        await().atMost(PATIENCE).until(() -> leader.isReadyAs("standby"));
        assertThat(leader.isTraining()).isFalse();
        assertThat(leader.get("/trainings").path("last").path("state").asText()).isEqualTo("cancelled");
        assertThat(standby.isReadyAs("leader")).isTrue();
        assertThat(records()).hasSize(1);
        assertThatTheStoreHoldsWhatIsRecordedAndNothingElse();
    }

    private void assertThatTheStandbyNamesTheLeader() throws Exception {
        HttpResponse<String> refused = standby.request("POST", "/trainings");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = JSON.readTree(refused.body());
        assertThat(problem.path("role").asText()).isEqualTo("standby");
        assertThat(problem.path("leader").asText()).isEqualTo(leader.address().toString());
    }

    private void assertThatTheStoreHoldsWhatIsRecordedAndNothingElse() throws IOException {
        Map<Long, Set<String>> recorded = records();
        try (Stream<Path> versions = Files.list(store().resolve("models"))) {
            assertThat(versions.map(
                            version -> Long.valueOf(version.getFileName().toString())))
                    .containsExactlyInAnyOrderElementsOf(recorded.keySet());
        }
        for (Long version : recorded.keySet()) {
            Path files = store().resolve("models").resolve(version.toString());
            assertThat(files.resolve("model.onnx")).exists();
            assertThat(files.resolve("head.onnx")).exists();
        }
        try (Stream<Path> all = Files.walk(store())) {
            assertThat(all.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith(".writing"));
        }
    }

    /** The hashes of the model files that were ever recorded, by version. */
    private Map<Long, Set<String>> records() {
        Map<Long, Set<String>> found = new HashMap<>();
        try (var follower = new TopicFollower<ModelPublished>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                topics().models().name(),
                EventFormat.singleObject().deserializer(ModelPublished.class),
                entry -> entry.value()
                        .ifPresent(version -> found.computeIfAbsent(version.getVersion(), any -> new TreeSet<>())
                                .add(version.getModel().getSha256())),
                (entry, reason) -> {})) {
            follower.replay(PATIENCE);
        }
        return found;
    }

    private TrainerProcess trainer(String name, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("kafka.bootstrap.servers", broker.bootstrapServers());
        all.put("headwater.topic-prefix", prefix);
        all.put("headwater.topics.partitions", "2");
        all.put("headwater.artifacts", store().toString());
        all.put("headwater.trainer.takeover-after", "6s");
        all.put("headwater.training.min-new-labels", "40");
        all.put("headwater.training.cooldown", "0s");
        all.put("headwater.backbone", "openimages");
        return TrainerProcess.start(
                directory.resolve(name), DIRECTORY.toAbsolutePath().resolve("cache"), all);
    }

    private Path store() {
        return directory.resolve("artifacts");
    }

    private Topics topics() {
        return new Topics(prefix, 2, 1);
    }

    private static void close(AutoCloseable part) {
        if (part != null) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
