package io.headwater.inference.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.artifacts.DirectoryFiles;
import io.headwater.events.Backbone;
import io.headwater.events.ServedModel;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.fixture.TinyModels;
import io.headwater.inference.model.Engine;
import io.headwater.inference.model.Heads;
import io.headwater.inference.model.Scores;
import io.headwater.inference.model.Shared;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is native is freed with the last batch that uses it, and not before. */
class SwapTest {
    private static final float[] EMBEDDING = new float[TinyModels.DIMENSION];

    @TempDir
    Path directory;

    private final Serving serving = new Serving();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestStore store;
    private Rollouts rollouts;

    @BeforeEach
    void open() {
        store = new TestStore(directory);
        rollouts = new Rollouts(
                new ArtifactReader(new DirectoryFiles(directory)),
                Engine.cpu(1),
                serving,
                new RolloutMetrics(registry),
                Clock.systemUTC());
    }

    @Test
    void after_two_hundred_swaps_nothing_but_the_last_generation_is_open() {
        List<Backbone> backbones = List.of(store.backbone(1), store.backbone(2));
        List<Generation> seen = new ArrayList<>();
        ServedModel shadow = store.head(1, 0);
        for (int swap = 1; swap <= 200; swap++) {
            // Every tenth swap brings the other backbone; every seventh generation has a head that is refused.
            Backbone backbone = backbones.get(swap / 10 % 2);
            ServedModel stable = store.head(swap + 1L, swap % 3);
            if (swap % 7 == 0) {
                store.flipBit(stable.getUri());
            }
            rollouts.want(TestStore.rollout(swap, backbone)
                    .setStable(stable)
                    .setShadows(List.of(shadow))
                    .build());
            rollouts.apply();
            seen.add(current());
            shadow = swap % 7 == 0 ? shadow : stable;
        }

        rollouts.close();

        assertThat(seen.stream().distinct()).hasSize(200 - 200 / 7);
        assertThat(seen).allSatisfy(generation -> assertClosed(generation));
    }

    @Test
    void a_batch_goes_on_with_its_generation_and_frees_it_at_its_end() {
        Backbone backbone = store.backbone(1);
        swap(1, backbone, store.head(1, 0));
        Shared<Generation> batch = serving.lease().orElseThrow();

        // When another backbone and another head come in its middle
        swap(2, store.backbone(2), store.head(2, 1));

        Scores scores = batch.get().score(EMBEDDING);
        assertThat(scores.best(1)).isZero();
        assertThat(current().number()).isEqualTo(2);
        Generation old = batch.get();
        batch.release();
        assertClosed(old);
        rollouts.close();
    }

    @Test
    void the_refused_generation_is_a_number_as_long_as_it_is_refused() {
        Backbone backbone = store.backbone(1);
        ServedModel broken = store.head(2, 1);
        store.flipBit(broken.getUri());

        swap(1, backbone, store.head(1, 0));
        assertThat(refusedGeneration()).isZero();
        swap(2, backbone, broken);
        assertThat(refusedGeneration()).isEqualTo(2);
        assertThat(current().number()).isEqualTo(1);
        swap(3, backbone, store.head(3, 1));
        assertThat(refusedGeneration()).isZero();
        rollouts.close();
    }

    private double refusedGeneration() {
        return registry.get("headwater.inference.refused.generation").gauge().value();
    }

    private void swap(long generation, Backbone backbone, ServedModel stable) {
        rollouts.want(TestStore.rollout(generation, backbone).setStable(stable).build());
        rollouts.apply();
    }

    private Generation current() {
        Shared<Generation> lease = serving.lease().orElseThrow();
        Generation generation = lease.get();
        lease.release();
        return generation;
    }

    private static void assertClosed(Generation generation) {
        Shared<Heads> heads = generation.together();
        assertThat(heads.retain())
                .as("heads of %d are open", generation.number())
                .isFalse();
        Optional<Shared<io.headwater.inference.model.Backbone>> backbone =
                generation.backbone(generation.rollout().getBackbone());
        assertThat(backbone.orElseThrow().retain())
                .as("the backbone of %d is open", generation.number())
                .isFalse();
    }
}
