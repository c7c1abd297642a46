package io.headwater.inference.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.artifacts.ArtifactException;
import io.headwater.artifacts.DirectoryFiles;
import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.artifact.ArtifactRefusedException;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.fixture.TinyModels;
import io.headwater.inference.model.Engine;
import io.headwater.inference.model.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationLoaderTest {
    @TempDir
    Path directory;

    private TestStore store;
    private GenerationLoader loader;
    private Backbone backbone;

    @BeforeEach
    void open() {
        store = new TestStore(directory);
        loader = new GenerationLoader(new ArtifactReader(new DirectoryFiles(directory)), Engine.cpu(1));
        backbone = store.backbone(1);
    }

    @Test
    void a_head_in_two_roles_is_scored_once_and_has_both() throws Exception {
        ServedModel head = store.head(1, 2);

        try (Generation generation =
                load(TestStore.rollout(1, backbone).setStable(head).setShadows(List.of(head, store.head(2, 0))))) {
            assertThat(versions(generation.heads())).containsExactlyInAnyOrder(1L, 2L);
            assertThat(versions(generation.shadows())).containsExactly(1L, 2L);
            assertThat(generation.answering("image").map(Head::version)).contains(1L);
        }
    }

    @Test
    void only_the_heads_that_are_new_are_loaded() throws Exception {
        ServedModel stays = store.head(1, 2);
        try (Generation first = load(TestStore.rollout(1, backbone).setStable(stays))) {
            // When its file can't be read any more, a second loading would be refused
            store.flipBit(stays.getUri());

            try (Generation second = loader.load(
                            TestStore.rollout(2, backbone)
                                    .setStable(store.head(2, 0))
                                    .setShadows(List.of(stays))
                                    .build(),
                            Optional.of(first))
                    .generation()) {
                assertThat(second.version(1)).isEqualTo(first.version(1)).isPresent();
                assertThat(second.together()).isNotSameAs(first.together());
            }
        }
    }

    @Test
    void the_same_heads_in_other_roles_stay_together() throws Exception {
        ServedModel one = store.head(1, 2);
        ServedModel two = store.head(2, 0);
        Generation first = load(
                TestStore.rollout(1, backbone).setStable(one).setCanary(two).setCanaryPercentage(10));

        Generation second = loader.load(
                        TestStore.rollout(2, backbone)
                                .setStable(two)
                                .setShadows(List.of(one))
                                .build(),
                        Optional.of(first))
                .generation();

        assertThat(second.together()).isSameAs(first.together());
        // The old one lets go first, and the new one goes on
        first.close();
        assertThat(second.score(new float[TinyModels.DIMENSION]).best(2)).isZero();
        second.close();
        assertThat(second.together().retain()).isFalse();
    }

    @Test
    void a_version_with_two_files_is_refused() {
        ServedModel one = store.head(1, 2);
        ServedModel other = store.head(1, 0);

        assertThatThrownBy(
                        () -> load(TestStore.rollout(1, backbone).setStable(one).setShadows(List.of(other))))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessage("version 1 is named twice, with different files or labels");
    }

    @Test
    void a_broken_shadow_refuses_the_generation_and_frees_what_was_loaded() throws Exception {
        ServedModel good = store.head(1, 2);
        ServedModel broken = store.head(2, TinyModels.linear(1, TestStore.LABELS.size() + 1));
        Generation first = load(TestStore.rollout(1, backbone).setStable(good));

        assertThatThrownBy(() -> loader.load(
                        TestStore.rollout(2, backbone)
                                .setStable(good)
                                .setShadows(List.of(broken))
                                .build(),
                        Optional.of(first)))
                .isInstanceOfSatisfying(ArtifactRefusedException.class, e -> assertThat(e.version())
                        .contains(2L))
                .hasMessage("version 2 has 3 labels, but its head gives 4 probabilities");

        first.close();
        assertThat(first.together().retain()).isFalse();
    }

    @Test
    void a_version_is_to_blame_for_its_file_and_not_for_the_store_or_the_backbone() throws Exception {
        RolloutChanged rollout = TestStore.rollout(1, backbone)
                .setStable(store.head(1, 2))
                .setShadows(List.of(store.head(2, 0)))
                .build();
        store.flipBit(rollout.getShadows().get(0).getUri());
        assertThat(blamed(loader, rollout)).contains(2L);

        Files.delete(directory.resolve(rollout.getStable().getUri()));
        assertThat(blamed(loader, rollout)).contains(1L);

        GenerationLoader unreachable = new GenerationLoader(
                new ArtifactReader(uri -> {
                    if (uri.startsWith("models")) {
                        throw new ArtifactException("the bucket can't be reached");
                    }
                    return new DirectoryFiles(directory).open(uri);
                }),
                Engine.cpu(1));
        assertThat(blamed(unreachable, rollout)).isEmpty();

        store.flipBit(backbone.getUri());
        assertThat(blamed(loader, rollout)).isEmpty();
    }

    private static Optional<Long> blamed(GenerationLoader loader, RolloutChanged rollout) {
        try {
            loader.load(rollout, Optional.empty()).generation().close();
            throw new AssertionError("it was loaded");
        } catch (ArtifactRefusedException e) {
            return e.version();
        }
    }

    private Generation load(RolloutChanged.Builder rollout) throws ArtifactRefusedException {
        return loader.load(rollout.build(), Optional.empty()).generation();
    }

    private static List<Long> versions(List<Head> heads) {
        return heads.stream().map(Head::version).toList();
    }
}
