package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackpressureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int IN_FLIGHT = 24;
    private static final String MAX_POLL_MILLIS = "2000";
    private static final Duration MUCH_LONGER = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void images_that_take_longer_than_the_group_waits_for_a_poll_cost_no_partition() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix);
                InferenceRuntime runtime = runtime(stream)) {
            // Given
            TestStore store = new TestStore(directory);
            stream.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(1, 0)));
            stream.images("image", 0, 5 * IN_FLIGHT);

            // When
            runtime.start();
            await().atMost(PATIENCE).until(() -> begun.get() == 2);
            await().atMost(PATIENCE)
                    .during(MUCH_LONGER)
                    .until(() -> runtime.pipeline().isMember() && restarts() == 0);
            mayGoOn.countDown();

            // Then
            await().atMost(PATIENCE).until(() -> stream.predictions().size() >= 5 * IN_FLIGHT);
            assertThat(stream.predictions())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder(IntStream.range(0, 5 * IN_FLIGHT)
                            .mapToObj(i -> "image-" + i)
                            .toArray(String[]::new));
            assertThat(restarts()).isZero();
        }
    }

    private InferenceRuntime runtime(Stream stream) {
        return new InferenceRuntime(
                Map.of("bootstrap.servers", Broker.bootstrapServers(), "max.poll.interval.ms", MAX_POLL_MILLIS),
                stream.topics(),
                EventFormat.singleObject(),
                ArtifactReader.of(directory),
                Settings.of(prefix + "group", prefix + "instance"),
                this::slow,
                Engine.cpu(1),
                registry,
                e -> {
                    throw e;
                });
    }

    /** Nothing is decoded before it may go on. */
    private PictureReader slow(int size) {
        PictureReader pixels = new Pixels(size);
        return (jpeg, target) -> {
            begun.incrementAndGet();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            pixels.read(jpeg, target);
        };
    }

    private double restarts() {
        return registry.get("headwater.inference.restarts").counter().count();
    }
}
