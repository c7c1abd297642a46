package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.deadletter.DeadLetters;
import io.headwater.events.Backbone;
import io.headwater.events.ImageClassified;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ScoredLabel;
import io.headwater.events.ServedModel;
import io.headwater.events.ShadowAnswer;
import io.headwater.inference.InferenceRuntime;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Pictures;
import io.headwater.inference.fixture.Settings;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.fixture.TinyModels;
import io.headwater.inference.model.Engine;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.rollout.Canary;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePipelineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestStore store;
    private Stream stream;
    private InferenceRuntime runtime;

    @BeforeEach
    void start() {
        store = new TestStore(directory);
        stream = new Stream(Broker.bootstrapServers(), prefix);
        runtime = new InferenceRuntime(
                Map.of("bootstrap.servers", Broker.bootstrapServers()),
                stream.topics(),
                EventFormat.singleObject(),
                ArtifactReader.of(directory),
                Settings.of(prefix + "group", prefix + "instance"),
                Pixels::new,
                Engine.cpu(1),
                registry,
                e -> {
                    throw e;
                });
        runtime.start();
    }

    @AfterEach
    void stop() {
        runtime.close();
        stream.close();
    }

    @Test
    void an_image_gets_one_prediction_and_one_embedding() {
        // Given
        Backbone backbone = store.backbone(1);
        stream.rollout(TestStore.rollout(1, backbone).setStable(store.head(4, 1)));

        // When
        stream.images("image", 0, 30);

        // Then
        awaitPredictions(30);
        assertThat(stream.predictions()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids("image", 0, 30));
        assertThat(stream.embeddings()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids("image", 0, 30));
        ImageClassified prediction = stream.predictions().get(0).getValue();
        assertThat(prediction.getVersion()).isEqualTo(4);
        assertThat(prediction.getGeneration()).isEqualTo(1);
        assertThat(prediction.getLabel()).isEqualTo("dog");
        assertThat(prediction.getConfidence()).isGreaterThan(0.99f);
        assertThat(prediction.getTop())
                .extracting(ScoredLabel::getLabel)
                .startsWith("dog")
                .hasSize(3);
        assertThat(prediction.getTimings().getEmbedMicros()).isPositive();
        assertThat(prediction.getIngestedAt().toEpochMilli()).isEqualTo(1_700_000_000_000L);
        stream.embeddings().forEach(entry -> {
            assertThat(entry.getValue().getBackbone()).isEqualTo(backbone.getId());
            assertThat(EmbeddingVector.dimension(entry.getValue().getVector())).isEqualTo(TinyModels.DIMENSION);
        });
    }

    @Test
    void before_there_is_a_version_it_embeds_and_says_that_nobody_answered() {
        stream.rollout(TestStore.rollout(1, store.backbone(1)));

        stream.images("image", 0, 3);

        awaitPredictions(3);
        assertThat(stream.embeddings()).hasSize(3);
        assertThat(stream.predictions()).allSatisfy(entry -> {
            assertThat(entry.getValue().getVersion()).isNull();
            assertThat(entry.getValue().getLabel()).isNull();
            assertThat(entry.getValue().getTop()).isEmpty();
        });
        assertThat(registry.get("headwater.inference.images")
                        .tag("outcome", "embedded")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void images_wait_for_the_backbone() {
        stream.images("image", 0, 3);
        assertThat(runtime.pipeline().isMember()).isFalse();

        stream.rollout(TestStore.rollout(1, store.backbone(1)));

        awaitPredictions(3);
    }

    @Test
    void where_the_canary_gives_no_probabilities_the_stable_version_answers_and_it_is_counted() {
        ServedModel stable = store.head(1, 1);
        ServedModel canary = store.head(2, TinyModels.fragile(2, 3));
        ServedModel shadow = store.head(3, TinyModels.picky(3, 3));
        stream.rollout(TestStore.rollout(1, store.backbone(1))
                .setStable(stable)
                .setCanary(canary)
                .setCanaryPercentage(99)
                .setShadows(List.of(canary, stable, shadow)));

        stream.images("image", 0, 10);

        awaitPredictions(10);
        assertThat(stream.predictions()).allSatisfy(entry -> {
            ImageClassified prediction = entry.getValue();
            assertThat(prediction.getVersion()).isEqualTo(1);
            assertThat(prediction.getLabel()).isEqualTo("dog");
            assertThat(prediction.getCanary()).isFalse();
            assertThat(prediction.getShadows())
                    .extracting(ShadowAnswer::getVersion)
                    .containsExactly(1L);
        });
        var counts = runtime.serving().tallies().counts(1);
        assertThat(counts.get(1L).failed()).isZero();
        assertThat(counts.values()).allMatch(version -> version.images() == 10);
        assertThat(List.of(2L, 3L)).allMatch(version -> counts.get(version).failed() == 10);
    }

    @Test
    void an_image_of_which_the_stable_version_gives_no_probabilities_is_a_dead_letter() {
        stream.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(1, TinyModels.fragile(2, 3))));

        stream.images("image", 0, 1);

        await().atMost(PATIENCE)
                .until(() -> registry.get("headwater.inference.images")
                                .tag("outcome", "rejected")
                                .counter()
                                .count()
                        == 1);
        assertThat(stream.predictions()).isEmpty();
        assertThat(runtime.serving().tallies().counts(1).get(1L).failed()).isEqualTo(1);
    }

    @Test
    void versions_that_are_in_play_together_are_timed_one_by_one() {
        stream.rollout(TestStore.rollout(1, store.backbone(1))
                .setStable(store.head(1, 1))
                .setShadows(List.of(store.head(2, 0))));

        AtomicInteger next = new AtomicInteger();
        await().atMost(PATIENCE).until(() -> {
            stream.images("image", next.get(), next.addAndGet(5));
            var counts = runtime.serving().tallies().counts(1);
            return counts.size() == 2
                    && counts.values().stream()
                            .allMatch(version -> Arrays.stream(version.times()).sum() > 0);
        });
    }

    @Test
    void a_new_generation_is_swapped_in_while_images_flow_and_none_is_dropped() {
        // Given
        Backbone backbone = store.backbone(1);
        stream.rollout(TestStore.rollout(1, backbone).setStable(store.head(1, 0)));
        stream.images("image", 0, 100);

        // When
        stream.rollout(TestStore.rollout(2, backbone).setStable(store.head(2, 2)));
        stream.images("image", 100, 200);
        awaitGeneration(2);
        stream.images("image", 200, 210);

        // Then
        awaitPredictions(210);
        assertThat(stream.predictions()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids("image", 0, 210));
        assertThat(stream.predictions())
                .allSatisfy(entry -> assertThat(entry.getValue().getLabel())
                        .isEqualTo(entry.getValue().getGeneration() == 1 ? "cat" : "eel"));
        assertThat(stream.predictions())
                .filteredOn(entry -> List.of(ids("image", 200, 210)).contains(entry.getKey()))
                .allMatch(entry -> entry.getValue().getVersion() == 2);
    }

    @Test
    void the_canary_answers_its_share_and_shadows_see_everything() {
        // Given
        RolloutChanged.Builder rollout = TestStore.rollout(1, store.backbone(1))
                .setStable(store.head(1, 0))
                .setCanary(store.head(2, 1))
                .setCanaryPercentage(40)
                .setShadows(List.of(store.head(3, 2), store.head(4, 0)));
        stream.rollout(rollout);

        // When
        stream.images("image", 0, 60);

        // Then
        awaitPredictions(60);
        assertThat(stream.predictions()).anyMatch(entry -> entry.getValue().getCanary());
        assertThat(stream.predictions()).allSatisfy(entry -> {
            boolean canary = Canary.answers(entry.getKey(), 2, 40);
            ImageClassified prediction = entry.getValue();
            assertThat(prediction.getCanary()).isEqualTo(canary);
            assertThat(prediction.getVersion()).isEqualTo(canary ? 2 : 1);
            assertThat(prediction.getShadows())
                    .extracting(shadow -> shadow.getVersion() + "=" + shadow.getLabel())
                    .containsExactly("3=eel", "4=cat");
        });
    }

    @Test
    void garbage_goes_to_the_dead_letters_untouched_and_the_batch_around_it_goes_on() {
        // Given
        stream.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(1, 0)));
        byte[] key = "bad".getBytes(StandardCharsets.UTF_8);
        byte[] garbage = "no event".getBytes(StandardCharsets.UTF_8);

        // When
        stream.images("image", 0, 5);
        stream.raw(stream.topics().images(), key, garbage);
        stream.image("corrupt", new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2, 3});
        stream.raw(stream.topics().images(), null, Pictures.jpeg(1));
        stream.raw(stream.topics().images(), key, null);
        stream.images("image", 5, 10);

        // Then
        awaitPredictions(10);
        await().atMost(PATIENCE).until(() -> stream.deadLetters().size() == 4);
        assertThat(stream.predictions()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids("image", 0, 10));
        assertThat(stream.deadLetters()).anySatisfy(letter -> {
            assertThat(letter.key()).isEqualTo(key);
            assertThat(letter.value()).isEqualTo(garbage);
            assertThat(new String(
                            letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8))
                    .contains("ImageIngested");
            assertThat(new String(
                            letter.headers()
                                    .lastHeader(DeadLetters.ORIGIN_TOPIC)
                                    .value(),
                            StandardCharsets.UTF_8))
                    .isEqualTo(stream.topics().images().name());
        });
    }

    @Test
    void images_that_can_not_be_decoded_take_nothing_from_the_others() {
        stream.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(1, 0)));

        for (int i = 0; i < 30; i++) {
            stream.image("corrupt-" + i, new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2, 3});
        }
        stream.images("image", 0, 5);

        awaitPredictions(5);
        assertThat(stream.deadLetters()).hasSize(30);
    }

    @Test
    void one_flipped_bit_in_a_head_is_refused_and_the_old_version_goes_on_until_it_is_mended() {
        // Given
        Backbone backbone = store.backbone(1);
        stream.rollout(TestStore.rollout(1, backbone).setStable(store.head(1, 0)));
        awaitGeneration(1);

        // When
        var head = store.head(2, 2);
        store.flipBit(head.getUri());
        stream.rollout(TestStore.rollout(2, backbone).setStable(head));
        await().atMost(PATIENCE).until(() -> !runtime.rollout().refused().isEmpty());
        stream.images("image", 0, 5);

        // Then
        awaitPredictions(5);
        assertThat(stream.predictions()).allMatch(entry -> entry.getValue().getVersion() == 1);
        assertThat(runtime.rollout().refused().get(0).reason()).contains("SHA-256", head.getUri());
        assertThat(registry.get("headwater.inference.refused").counter().count())
                .isPositive();
        store.flipBit(head.getUri());
        awaitGeneration(2);
        assertThat(runtime.rollout().refused()).isEmpty();
    }

    @Test
    void one_flipped_bit_in_a_backbone_is_refused_and_the_old_one_goes_on() {
        // Given
        Backbone old = store.backbone(1);
        stream.rollout(TestStore.rollout(1, old));
        awaitGeneration(1);

        // When
        Backbone broken = store.backbone(2);
        store.flipBit(broken.getUri());
        stream.rollout(TestStore.rollout(2, broken));
        await().atMost(PATIENCE).until(() -> !runtime.rollout().refused().isEmpty());
        stream.images("image", 0, 5);

        // Then
        awaitPredictions(5);
        assertThat(stream.embeddings())
                .allMatch(entry -> entry.getValue().getBackbone().equals(old.getId()));
    }

    @Test
    void garbage_among_the_rollouts_is_reported_and_skipped() {
        Backbone backbone = store.backbone(1);
        stream.rollout(TestStore.rollout(3, backbone));

        stream.raw(stream.topics().rollouts(), "rollout".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
        stream.rollout(TestStore.rollout(2, backbone));
        stream.rollout(TestStore.rollout(4, backbone));

        awaitGeneration(4);
        assertThat(runtime.rollout().refused())
                .extracting(refusal -> refusal.generation())
                .containsExactly(-1L);
    }

    private void awaitPredictions(int count) {
        await().atMost(PATIENCE).until(() -> stream.predictions().size() >= count);
    }

    private void awaitGeneration(long generation) {
        await().atMost(PATIENCE).until(() -> runtime.rollout().generation().orElse(0L) == generation);
    }

    private static String[] ids(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> prefix + "-" + i).toArray(String[]::new);
    }
}
