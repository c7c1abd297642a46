package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.ForkedInference;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.fixture.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at random moments, again and again, while images come in. */
class KillTest {
    private static final Logger LOG = Logger.getLogger(KillTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = 6;

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";

    @Test
    void a_reader_of_what_is_committed_sees_each_image_once() {
        long seed = System.nanoTime();
        LOG.infof("random moments seed=%d", seed);
        Random random = new Random(seed);
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix)) {
            // Given
            TestStore store = new TestStore(directory);
            stream.rollout(TestStore.rollout(1, store.backbone(1)).setStable(store.head(1, 0)));
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Integer> upload = CompletableFuture.supplyAsync(() -> upload(stream, enough));

            // When
            for (int kill = 0; kill < KILLS; kill++) {
                try (ForkedInference victim = ForkedInference.start(Broker.bootstrapServers(), prefix, directory)) {
                    int some = stream.predictions().size() + 1 + random.nextInt(80);
                    await().pollInterval(Duration.ofMillis(1 + random.nextInt(40)))
                            .atMost(PATIENCE)
                            .until(() -> stream.predictions().size() >= some);
                    assertThat(victim.isAlive()).isTrue();
                    victim.kill();
                }
            }
            enough.set(true);
            int sent = upload.join();

            // Then
            try (ForkedInference last = ForkedInference.start(Broker.bootstrapServers(), prefix, directory)) {
                await().atMost(PATIENCE).until(() -> stream.predictions().size() >= sent);
                assertThat(last.isAlive()).isTrue();
                String[] ids =
                        IntStream.range(0, sent).mapToObj(i -> "image-" + i).toArray(String[]::new);
                assertThat(stream.predictions()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids);
                assertThat(stream.embeddings()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids);
                assertThat(stream.deadLetters()).isEmpty();
            }
        }
    }

    private static int upload(Stream stream, AtomicBoolean enough) {
        int sent = 0;
        while (!enough.get()) {
            stream.images("image", sent, sent + 1);
            sent++;
        }
        return sent;
    }
}
