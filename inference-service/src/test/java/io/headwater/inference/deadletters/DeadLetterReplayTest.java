package io.headwater.inference.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.headwater.inference.InferenceRuntime;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Settings;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.model.Engine;
import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.picture.Pixels;
import io.headwater.serde.EventFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the images to the dead letters and back again, with the whole data plane. */
class DeadLetterReplayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] POISON = "this will never be a picture".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Map<String, Object> kafka = Map.of("bootstrap.servers", Broker.bootstrapServers());
    private final AtomicBoolean ill = new AtomicBoolean();
    private Stream stream;
    private InferenceRuntime runtime;
    private DeadLetterDesk desk;

    @BeforeEach
    void start() {
        stream = new Stream(Broker.bootstrapServers(), prefix);
        TestStore store = new TestStore(directory);
        stream.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(1, 0)));
        runtime = new InferenceRuntime(
                kafka,
                stream.topics(),
                EventFormat.singleObject(),
                ArtifactReader.of(directory),
                Settings.of(prefix + "group", prefix + "one", 1000),
                this::reader,
                Engine.cpu(1),
                registry,
                failure -> {
                    throw failure;
                });
        runtime.start();
        desk = new DeadLetterDesk(kafka, stream.topics(), registry, Clock.systemUTC());
    }

    // As long as it is ill it takes every picture for garbage.
    private PictureReader reader(int size) {
        Pixels pixels = new Pixels(size);
        return (jpeg, target) -> pixels.read(ill.get() ? POISON : jpeg, target);
    }

    @AfterEach
    void stop() {
        runtime.close();
        stream.close();
    }

    @Test
    void what_failed_for_a_passing_reason_gets_its_one_prediction() {
        // Given
        ill.set(true);
        stream.images("image", 0, 5);
        await().atMost(PATIENCE).until(() -> stream.deadLetters().size() == 5);
        ill.set(false);

        // When
        ReplayAnswer answer = desk.replay(by("{\"reasonContains\": \"not a JPEG\"}"));

        // Then
        assertThat(answer.replayed()).hasSize(5);
        assertThat(answer.skipped()).isEmpty();
        await().atMost(PATIENCE).until(() -> stream.predictions().size() == 5);
        assertThat(stream.predictions())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("image-0", "image-1", "image-2", "image-3", "image-4");
        assertThat(stream.deadLetters()).hasSize(5);
        assertThat(registry.get("headwater.inference.replayed").counter().count())
                .isEqualTo(5);
    }

    @Test
    void put_back_twice_it_is_predicted_once() {
        // Given
        ill.set(true);
        stream.images("image", 0, 1);
        await().atMost(PATIENCE).until(() -> stream.deadLetters().size() == 1);
        ill.set(false);
        desk.replay(by("{\"reasonContains\": \"not a JPEG\"}"));
        await().atMost(PATIENCE).until(() -> stream.predictions().size() == 1);

        // When
        ReplayAnswer second = desk.replay(by("{\"reasonContains\": \"not a JPEG\"}"));
        ReplayAnswer forced = desk.replay(by("{\"reasonContains\": \"not a JPEG\", \"again\": true}"));

        // Then
        assertThat(second.replayed()).isEmpty();
        assertThat(second.skipped()).singleElement().satisfies(skipped -> assertThat(skipped.why())
                .contains("put back already"));
        assertThat(forced.replayed()).hasSize(1);
        await().atMost(PATIENCE)
                .until(() -> registry.get("headwater.inference.images")
                                .tag("outcome", "repeated")
                                .counter()
                                .count()
                        == 1);
        assertThat(stream.predictions()).hasSize(1);
        assertThat(stream.embeddings()).hasSize(1);
    }

    @Test
    void what_is_still_poisonous_comes_back_with_its_history_and_stops_nothing() {
        // Given
        stream.image("poison", POISON);
        await().atMost(PATIENCE).until(() -> stream.deadLetters().size() == 1);

        // When
        ReplayAnswer first = desk.replay(by("{\"since\": \"2020-01-01T00:00:00Z\"}"));
        await().atMost(PATIENCE).until(() -> stream.deadLetters().size() == 2);
        ReplayAnswer second = desk.replay(by("{\"since\": \"2020-01-01T00:00:00Z\"}"));
        await().atMost(PATIENCE).until(() -> stream.deadLetters().size() == 3);
        stream.images("image", 0, 3);

        // Then
        await().atMost(PATIENCE).until(() -> stream.predictions().size() == 3);
        List<Letter> letters = page().letters();
        assertThat(letters).extracting(Letter::imageId).allMatch(id -> id.orElse("")
                .equals("poison"));
        assertThat(letters.get(0).replayed()).isEmpty();
        assertThat(letters.get(0).history())
                .extracting(Replay::request, Replay::letter, Replay::reason)
                .containsExactly(
                        tuple(first.request(), letters.get(2).id(), "the picture is not a JPEG"),
                        tuple(second.request(), letters.get(1).id(), "the picture is not a JPEG"));
        assertThat(letters.get(2).history()).isEmpty();
        assertThat(letters.get(2).replayed().orElseThrow().request()).isEqualTo(first.request());
        assertThat(second.skipped()).hasSize(1);
        assertThat(stream.deadLetters()).allSatisfy(letter -> assertThat(letter.value())
                .isEqualTo(stream.deadLetters().get(0).value()));
    }

    private LetterPage page() {
        return desk.page(
                new LetterFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                50);
    }

    private ReplayRequest by(String json) {
        return ReplayRequest.parse(json, desk.topic());
    }
}
