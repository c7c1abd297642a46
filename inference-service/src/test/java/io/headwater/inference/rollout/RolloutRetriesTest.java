package io.headwater.inference.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.ServedModel;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.model.Engine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When what was refused is tried again, and from when on a version is to blame. */
class RolloutRetriesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path directory;

    private TestStore store;
    private Rollouts rollouts;
    private Instant wall = NOON;
    private final InstantSource clock = () -> wall;
    // Of an unknown origin: negative as well, and it goes over.
    private long nanos = -5;

    @BeforeEach
    void open() {
        store = new TestStore(directory);
        rollouts = new Rollouts(
                ArtifactReader.of(directory),
                Engine.cpu(1),
                new Serving(),
                new RolloutMetrics(new SimpleMeterRegistry()),
                clock.withZone(ZoneOffset.UTC),
                () -> nanos);
    }

    @AfterEach
    void close() {
        rollouts.close();
    }

    @Test
    void a_clock_that_is_set_back_an_hour_does_not_hold_up_the_next_attempt() {
        ServedModel damaged = store.head(2, 1);
        store.flipBit(damaged.getUri());
        want(damaged);
        rollouts.apply();

        wall = NOON.minus(Duration.ofHours(1));
        rollouts.apply();
        assertThat(refusal().attempts()).as("its time has not come").isEqualTo(1);
        pass(1);
        rollouts.apply();

        assertThat(refusal().attempts()).isEqualTo(2);
        store.flipBit(damaged.getUri());
        pass(2);
        rollouts.apply();
        assertThat(rollouts.state().generation()).contains(1L);
        assertThat(rollouts.state().refused()).isEmpty();
    }

    @Test
    void a_missing_file_blames_its_version_only_when_it_stays_away() throws IOException {
        ServedModel missing = store.head(2, 1);
        Files.delete(directory.resolve(missing.getUri()));
        want(missing);

        // Pauses double from a second: tried after 0, 1, 3, 7, 15 seconds
        for (int seconds : new int[] {0, 1, 2, 4, 8}) {
            pass(seconds);
            rollouts.apply();
            assertThat(refusal().version()).isEmpty();
        }
        assertThat(refusal().attempts()).isEqualTo(5);
        assertThat(refusal().reason()).contains("models/2/head.onnx is not in the artifact store");
        pass(16);
        rollouts.apply();

        assertThat(refusal().version()).contains(2L);
        assertThat(refusal().attempts()).isEqualTo(6);
    }

    private void want(ServedModel stable) {
        rollouts.want(TestStore.rollout(1, store.backbone(1)).setStable(stable).build());
    }

    private Refusal refusal() {
        return rollouts.state().refused().get(0);
    }

    private void pass(long seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }
}
