package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Settings;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.model.Engine;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.rollout.RolloutFollower;
import io.headwater.inference.rollout.RolloutMetrics;
import io.headwater.inference.rollout.Rollouts;
import io.headwater.inference.rollout.Serving;
import io.headwater.local.broker.EmbeddedBroker;
import io.headwater.serde.EventFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePipelineFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Serving serving = new Serving();
    private Rollouts rollouts;
    private RolloutFollower follower;

    @AfterEach
    void stop() {
        follower.close();
        rollouts.close();
    }

    @Test
    void a_crash_in_the_middle_leaves_exactly_one_prediction_of_each_image() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix)) {
            // Given
            follow(Broker.bootstrapServers(), stream);
            stream.images("image", 0, 300);
            ImagePipeline first = pipeline(Broker.bootstrapServers(), stream, "instance");
            first.start();
            await().atMost(PATIENCE).until(() -> !stream.predictions().isEmpty());

            // When
            first.kill();
            int before = stream.predictions().size();
            try (ImagePipeline second = pipeline(Broker.bootstrapServers(), stream, "instance")) {
                second.start();

                // Then
                assertThat(before).isLessThan(300);
                awaitEachOnce(stream, 300);
                assertThat(second.status().images()).isEqualTo(300L - before);
            }
        }
    }

    @Test
    void a_twin_with_the_same_transactional_id_is_shut_out_and_nothing_is_predicted_twice() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix)) {
            // Given
            follow(Broker.bootstrapServers(), stream);
            try (ImagePipeline first = pipeline(Broker.bootstrapServers(), stream, "same");
                    ImagePipeline second = pipeline(Broker.bootstrapServers(), stream, "same")) {
                first.start();
                stream.images("image", 0, 50);
                await().atMost(PATIENCE).until(() -> first.status().images() > 0);

                // When
                second.start();
                stream.images("image", 50, 200);

                // Then
                awaitEachOnce(stream, 200);
                assertThat(registry.get("headwater.inference.restarts")
                                .counter()
                                .count())
                        .isPositive();
            }
        }
    }

    @Test
    void a_second_instance_takes_partitions_over_while_images_flow() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix)) {
            // Given
            follow(Broker.bootstrapServers(), stream);
            try (ImagePipeline first = pipeline(Broker.bootstrapServers(), stream, "one");
                    ImagePipeline second = pipeline(Broker.bootstrapServers(), stream, "two")) {
                first.start();
                stream.images("image", 0, 100);

                // When
                second.start();
                await().atMost(PATIENCE)
                        .until(() -> first.status().partitions() == 1
                                && second.status().partitions() == 1);
                stream.images("image", 100, 200);

                // Then
                awaitEachOnce(stream, 200);
                assertThat(first.status().images()).isPositive();
                assertThat(second.status().images()).isPositive();
                assertThat(first.status().images() + second.status().images()).isEqualTo(200);
            }
        }
    }

    @Test
    void kafka_stopped_and_started_again_in_the_middle_loses_nothing_and_doubles_nothing() {
        // Given
        Path data = Broker.newDirectory();
        EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
        try (Stream stream = new Stream(broker.bootstrapServers(), prefix)) {
            follow(broker.bootstrapServers(), stream);
            stream.images("image", 0, 300);
            try (ImagePipeline pipeline = pipeline(broker.bootstrapServers(), stream, "instance")) {
                pipeline.start();
                await().atMost(PATIENCE).until(() -> pipeline.status().images() > 0);

                // When
                broker.stop();
                broker = EmbeddedBroker.start(data, broker.port());
                stream.images("image", 300, 320);

                // Then
                awaitEachOnce(stream, 320);
            }
        } finally {
            broker.stop();
        }
    }

    private void awaitEachOnce(Stream stream, int count) {
        await().atMost(PATIENCE).until(() -> stream.predictions().size() >= count);
        String[] ids = IntStream.range(0, count).mapToObj(i -> "image-" + i).toArray(String[]::new);
        assertThat(stream.predictions()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids);
        assertThat(stream.embeddings()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids);
    }

    private void follow(String bootstrapServers, Stream stream) {
        TestStore store = new TestStore(directory);
        stream.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(1, 0)));
        rollouts = new Rollouts(
                ArtifactReader.of(directory), Engine.cpu(1), serving, new RolloutMetrics(registry), Clock.systemUTC());
        follower = new RolloutFollower(
                Map.of("bootstrap.servers", bootstrapServers),
                stream.topics().rollouts().name(),
                EventFormat.singleObject().deserializer(io.headwater.events.RolloutChanged.class),
                rollouts);
        follower.start();
    }

    private ImagePipeline pipeline(String bootstrapServers, Stream stream, String instance) {
        return new ImagePipeline(
                Map.of("bootstrap.servers", bootstrapServers),
                Settings.of(prefix + "group", prefix + instance),
                stream.topics(),
                EventFormat.singleObject(),
                serving,
                Pixels::new,
                new InferenceMetrics(registry),
                Clock.systemUTC());
    }
}
