package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that got no answer sends again: that is still one image. */
class RepeatedImageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ALL = 1000;

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Serving serving = new Serving();
    private Stream stream;
    private Rollouts rollouts;
    private RolloutFollower follower;

    @BeforeEach
    void start() {
        stream = new Stream(Broker.bootstrapServers(), prefix);
        TestStore store = new TestStore(directory);
        stream.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(1, 0)));
        rollouts = new Rollouts(
                ArtifactReader.of(directory), Engine.cpu(1), serving, new RolloutMetrics(registry), Clock.systemUTC());
        follower = new RolloutFollower(
                Map.of("bootstrap.servers", Broker.bootstrapServers()),
                stream.topics().rollouts().name(),
                EventFormat.singleObject().deserializer(RolloutChanged.class),
                rollouts);
        follower.start();
    }

    @AfterEach
    void stop() {
        follower.close();
        rollouts.close();
        stream.close();
    }

    @Test
    void twice_in_one_batch_it_is_predicted_once() {
        stream.image("same", Pictures.jpeg(1));
        stream.image("same", Pictures.jpeg(1));

        try (ImagePipeline pipeline = started("instance", ALL)) {
            awaitImages(pipeline, 2);
        }

        assertPredicted("same");
        assertThat(repeated()).isEqualTo(1);
    }

    @Test
    void in_a_later_batch_it_is_not_predicted_again() {
        try (ImagePipeline pipeline = started("instance", ALL)) {
            stream.image("same", Pictures.jpeg(1));
            awaitImages(pipeline, 1);

            stream.image("same", Pictures.jpeg(1));
            awaitImages(pipeline, 2);
        }

        assertPredicted("same");
        assertThat(repeated()).isEqualTo(1);
    }

    @Test
    void another_instance_knows_what_was_predicted_before_it() {
        // Given
        stream.images("image", 0, 50);
        try (ImagePipeline first = started("first", ALL)) {
            awaitImages(first, 50);
        }

        // When
        try (ImagePipeline second = started("second", ALL)) {
            stream.images("image", 0, 50);
            stream.image("new", Pictures.jpeg(1));
            awaitImages(second, 51);
        }

        // Then
        assertThat(stream.predictions())
                .hasSize(51)
                .extracting(Map.Entry::getKey)
                .doesNotHaveDuplicates();
        assertThat(repeated()).isEqualTo(50);
    }

    @Test
    void what_a_killed_instance_did_not_commit_is_not_taken_for_predicted() {
        // Given
        stream.images("image", 0, 100);
        ImagePipeline first = started("first", ALL);
        await().atMost(PATIENCE).until(() -> first.status().images() > 0);
        first.kill();

        // When
        try (ImagePipeline second = started("first", ALL)) {
            stream.images("image", 0, 100);
            await().atMost(PATIENCE).until(() -> repeated() == 100);
        }

        // Then
        assertThat(stream.predictions())
                .hasSize(100)
                .extracting(Map.Entry::getKey)
                .doesNotHaveDuplicates();
    }

    @Test
    void after_a_damaged_one_the_mended_one_is_taken() {
        byte[] damaged = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};
        stream.image("same", damaged);
        stream.image("same", Pictures.jpeg(1));

        try (ImagePipeline pipeline = started("instance", ALL)) {
            awaitImages(pipeline, 2);
        }

        assertPredicted("same");
        assertThat(stream.deadLetters()).hasSize(1);
        assertThat(repeated()).isZero();
    }

    @Test
    void after_more_others_than_are_remembered_it_is_a_new_image() {
        stream.image("same", Pictures.jpeg(1));
        stream.images("other", 0, 40);
        try (ImagePipeline pipeline = started("instance", 3)) {
            awaitImages(pipeline, 41);

            stream.image("same", Pictures.jpeg(1));
            awaitImages(pipeline, 42);
        }

        assertThat(stream.predictions())
                .extracting(Map.Entry::getKey)
                .filteredOn("same"::equals)
                .hasSize(2);
    }

    private ImagePipeline started(String instance, int remembered) {
        ImagePipeline pipeline = new ImagePipeline(
                Map.of("bootstrap.servers", Broker.bootstrapServers()),
                Settings.of(prefix + "group", prefix + instance, remembered),
                stream.topics(),
                EventFormat.singleObject(),
                serving,
                Pixels::new,
                new InferenceMetrics(registry),
                Clock.systemUTC());
        pipeline.start();
        return pipeline;
    }

    private static void awaitImages(ImagePipeline pipeline, int count) {
        await().atMost(PATIENCE).until(() -> pipeline.status().images() == count);
    }

    private void assertPredicted(String... ids) {
        assertThat(stream.predictions()).extracting(Map.Entry::getKey).containsExactly(ids);
        assertThat(stream.embeddings()).extracting(Map.Entry::getKey).containsExactly(ids);
    }

    private double repeated() {
        return registry.get("headwater.inference.images")
                .tag("outcome", "repeated")
                .counter()
                .count();
    }
}
