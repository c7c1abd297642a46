package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Pictures;
import io.headwater.inference.fixture.Settings;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.model.Engine;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.rollout.RolloutFollower;
import io.headwater.inference.rollout.RolloutMetrics;
import io.headwater.inference.rollout.Rollouts;
import io.headwater.inference.rollout.Serving;
import io.headwater.serde.EventFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backbone is changed while images flow. */
class ReembeddingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Serving serving = new Serving();
    private TestStore store;
    private Stream stream;
    private Rollouts rollouts;
    private RolloutFollower follower;
    private ImagePipeline pipeline;
    private Backbone old;
    private Backbone next;

    @BeforeEach
    void serve_with_the_old_backbone() {
        store = new TestStore(directory);
        stream = new Stream(Broker.bootstrapServers(), prefix);
        old = store.backbone(1);
        next = Backbone.newBuilder(store.backbone(2))
                .setInputSize(24)
                .setChange(2)
                .build();
        rollouts = new Rollouts(
                ArtifactReader.of(directory), Engine.cpu(1), serving, new RolloutMetrics(registry), Clock.systemUTC());
        follower = new RolloutFollower(
                Map.of("bootstrap.servers", Broker.bootstrapServers()),
                stream.topics().rollouts().name(),
                EventFormat.singleObject().deserializer(RolloutChanged.class),
                rollouts);
        follower.start();
        stream.rollout(TestStore.rollout(1, old).setStable(store.head(1, 0)));
        pipeline = pipeline("one");
        pipeline.start();
    }

    @AfterEach
    void stop() {
        pipeline.close();
        follower.close();
        rollouts.close();
        stream.close();
    }

    @Test
    void during_a_change_each_image_has_both_embeddings_the_new_one_last_and_one_prediction() {
        // Given
        stream.images("image", 0, 30);
        awaitPredictions(30);
        try (Reembedding reembedding = reembedding(pipeline)) {
            // When
            stream.rollout(change(2));
            stream.images("image", 30, 50);

            // Then
            awaitAllAgain(50);
            awaitPredictions(50);
            await().atMost(PATIENCE)
                    .until(() -> reembedding.status().remaining().equals(OptionalLong.of(0)));
            assertPredictedOnce(50);
            assertThat(stream.predictions())
                    .allSatisfy(
                            entry -> assertThat(entry.getValue().getVersion()).isEqualTo(1));
            Map<String, List<String>> embeddings = backbones();
            assertThat(embeddings.values())
                    .allSatisfy(ids -> assertThat(ids).containsExactly(old.getId(), next.getId()));
            assertThat(remaining()).isZero();
            assertThat(registry.get("headwater.inference.reembedding.images")
                            .functionCounter()
                            .count())
                    .isEqualTo(50);
        }
    }

    @Test
    void a_switch_to_the_new_backbone_drops_nothing_and_leaves_no_image_without_its_embedding() {
        stream.images("image", 0, 60);
        try (Reembedding reembedding = reembedding(pipeline)) {
            stream.rollout(change(2));
            await().atMost(PATIENCE).until(() -> count(next) > 20);

            // When it switches long before all are embedded again
            stream.rollout(TestStore.rollout(3, next).setStable(store.head(2, 1)));
            stream.images("image", 60, 120);

            // Then
            awaitPredictions(120);
            awaitAllAgain(120);
            assertPredictedOnce(120);
            assertThat(backbones().values())
                    .allSatisfy(ids -> assertThat(ids).endsWith(next.getId()).doesNotHaveDuplicates());
            await().atMost(PATIENCE)
                    .until(() -> reembedding.status().remaining().isEmpty());
            assertThat(remaining()).isNaN();

            // And it goes on with the new one alone
            stream.images("image", 120, 130);
            awaitPredictions(130);
            assertThat(backbones())
                    .allSatisfy((id, ids) -> assertThat(ids).endsWith(next.getId()))
                    .containsEntry("image-129", List.of(next.getId()));
        }
    }

    @Test
    void after_a_kill_it_goes_on_where_it_was() {
        stream.images("image", 0, 200);
        stream.rollout(change(2));
        awaitPredictions(200);
        Reembedding first = reembedding(pipeline);
        await().atMost(PATIENCE).until(() -> first.status().images() >= 48);

        // When
        first.kill();
        try (Reembedding second = reembedding(pipeline)) {
            // Then
            awaitAllAgain(200);
            await().atMost(PATIENCE).until(() -> second.status().remaining().equals(OptionalLong.of(0)));
            assertThat(second.status().images()).isLessThanOrEqualTo(200 - 32);
            assertPredictedOnce(200);
        }
    }

    @Test
    void instances_share_the_images_and_one_takes_over_what_another_leaves() {
        stream.images("image", 0, 200);
        awaitPredictions(200);
        try (Reembedding second = reembedding(pipeline)) {
            Reembedding first = reembedding(pipeline);
            stream.rollout(change(2));
            await().atMost(PATIENCE)
                    .until(() -> first.status().images() > 0 && second.status().images() > 0);

            first.close();
            stream.images("image", 200, 240);

            awaitAllAgain(240);
            assertPredictedOnce(240);
        }
    }

    @Test
    void a_next_backbone_that_cannot_be_loaded_is_reported_and_serving_goes_on() {
        store.flipBit(next.getUri());
        try (Reembedding reembedding = reembedding(pipeline)) {
            stream.rollout(change(2));
            await().atMost(PATIENCE).until(() -> !rollouts.state().refused().isEmpty());
            stream.images("image", 0, 10);
            awaitPredictions(10);

            assertThat(rollouts.state().generation()).contains(2L);
            assertThat(rollouts.state().nextBackbone()).contains(next.getId());
            assertThat(rollouts.state().refused().get(0).reason())
                    .contains("next backbone tiny can't be loaded", "SHA-256", "what is served goes on");
            assertThat(registry.get("headwater.inference.refused").counter().count())
                    .isPositive();
            assertThat(reembedding.status().remaining()).isEmpty();

            // When it is mended
            store.flipBit(next.getUri());

            awaitAllAgain(10);
            assertThat(rollouts.state().refused()).isEmpty();
            assertPredictedOnce(10);
        }
    }

    @Test
    void what_cannot_be_decoded_holds_nothing_up_and_is_no_second_dead_letter() {
        stream.image("broken", new byte[] {(byte) 0xFF, (byte) 0xD8, 1});
        stream.images("image", 0, 10);
        awaitPredictions(10);
        try (Reembedding reembedding = reembedding(pipeline)) {
            stream.rollout(change(2));

            awaitAllAgain(10);
            await().atMost(PATIENCE)
                    .until(() -> reembedding.status().remaining().equals(OptionalLong.of(0)));
            assertThat(stream.deadLetters()).hasSize(1);
        }
    }

    @Test
    void a_change_that_is_given_up_ends_it() {
        stream.images("image", 0, 10);
        try (Reembedding reembedding = reembedding(pipeline)) {
            stream.rollout(change(2));
            awaitAllAgain(10);

            stream.rollout(TestStore.rollout(3, old).setStable(store.head(1, 0)));
            await().atMost(PATIENCE)
                    .until(() -> reembedding.status().remaining().isEmpty());
            stream.image("later", Pictures.jpeg(1));
            awaitPredictions(11);

            assertThat(backbones()).containsEntry("later", List.of(old.getId()));
        }
    }

    private RolloutChanged.Builder change(long generation) {
        return TestStore.rollout(generation, old).setNextBackbone(next).setStable(store.head(1, 0));
    }

    private ImagePipeline pipeline(String instance) {
        return new ImagePipeline(
                Map.of("bootstrap.servers", Broker.bootstrapServers()),
                settings(instance),
                stream.topics(),
                EventFormat.singleObject(),
                serving,
                Pixels::new,
                new InferenceMetrics(registry),
                Clock.systemUTC());
    }

    private Reembedding reembedding(ImagePipeline beside) {
        Reembedding reembedding = new Reembedding(
                Map.of("bootstrap.servers", Broker.bootstrapServers()),
                settings("unused"),
                stream.topics(),
                EventFormat.singleObject(),
                serving,
                beside.status(),
                Pixels::new,
                registry,
                Clock.systemUTC());
        reembedding.start();
        return reembedding;
    }

    private PipelineSettings settings(String instance) {
        return Settings.of(prefix + "group", prefix + instance);
    }

    private void awaitPredictions(int count) {
        await().atMost(PATIENCE).until(() -> stream.predictions().size() >= count);
    }

    private void awaitAllAgain(int count) {
        await().atMost(PATIENCE).until(() -> ids(next).size() >= count);
    }

    private void assertPredictedOnce(int count) {
        assertThat(stream.predictions())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        IntStream.range(0, count).mapToObj(i -> "image-" + i).toArray(String[]::new));
    }

    private long count(Backbone backbone) {
        return stream.embeddings().stream()
                .filter(entry -> entry.getValue().getBackbone().equals(backbone.getId()))
                .count();
    }

    private List<String> ids(Backbone backbone) {
        return stream.embeddings().stream()
                .filter(entry -> entry.getValue().getBackbone().equals(backbone.getId()))
                .map(Map.Entry::getKey)
                .distinct()
                .toList();
    }

    /** Of each image the backbones of its embeddings, in the order of the partition. */
    private Map<String, List<String>> backbones() {
        return stream.embeddings().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(entry -> entry.getValue().getBackbone(), Collectors.toList())));
    }

    private double remaining() {
        return registry.get("headwater.inference.reembedding.remaining").gauge().value();
    }
}
