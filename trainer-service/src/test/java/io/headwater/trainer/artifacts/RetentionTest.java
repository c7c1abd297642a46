package io.headwater.trainer.artifacts;

import static io.headwater.trainer.artifacts.Recorded.backbone;
import static io.headwater.trainer.artifacts.Recorded.rollout;
import static io.headwater.trainer.artifacts.Recorded.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Retention LAST_TWO = new Retention(2, Duration.ofMinutes(10));

    /** Versions 1 to 9, each the child of the one before, all of one backbone. */
    private static final List<ModelPublished> NINE = LongStream.rangeClosed(1, 9)
            .mapToObj(v -> version(v, v == 1 ? OptionalLong.empty() : OptionalLong.of(v - 1), "bb"))
            .toList();

    @Test
    void the_newest_stay_whatever_became_of_them() {
        assertThat(LAST_TWO.kept(NINE, rollout("bb").build())).containsExactly(8L, 9L);
    }

    @Test
    void stable_canary_and_shadows_stay_with_their_parents_but_not_with_their_grandparents() {
        RolloutChanged rollout = Recorded.serving(rollout("bb"), Optional.of(3L), Optional.of(5L), List.of(7L));

        assertThat(new Retention(1, Duration.ofMinutes(10)).kept(NINE, rollout))
                .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 9L);
    }

    @Test
    void a_version_without_a_parent_keeps_nothing_else() {
        RolloutChanged rollout = Recorded.serving(rollout("bb"), Optional.of(1L), Optional.empty(), List.of());

        assertThat(LAST_TWO.kept(NINE, rollout)).containsExactly(1L, 8L, 9L);
    }

    @Test
    void fewer_versions_than_may_stay_all_stay() {
        assertThat(new Retention(20, Duration.ofMinutes(10))
                        .kept(NINE, rollout("bb").build()))
                .hasSize(9);
    }

    @Test
    void what_is_served_stays_also_when_its_record_is_not_known() {
        RolloutChanged rollout = Recorded.serving(rollout("bb"), Optional.of(12L), Optional.empty(), List.of());

        assertThat(LAST_TWO.kept(NINE, rollout)).contains(12L);
    }

    @Test
    void all_files_of_a_version_go_and_nothing_that_no_record_knows() {
        List<String> files = List.of(
                "models/1/MODEL_CARD.md",
                "models/1/head.onnx",
                "models/1/model.onnx",
                "models/10/head.onnx",
                "models/9/head.onnx",
                "models/config.pbtxt",
                "models/01/head.onnx",
                "backbones/bb.onnx",
                "backbones/unheard-of.onnx");

        assertThat(LAST_TWO.unneeded(files, NINE, rollout("bb").build()))
                .containsExactly("models/1/MODEL_CARD.md", "models/1/head.onnx", "models/1/model.onnx");
    }

    @Test
    void a_backbone_goes_with_the_last_version_that_needs_it() {
        List<ModelPublished> versions = List.of(
                version(1, OptionalLong.empty(), "oldest"),
                version(2, OptionalLong.empty(), "older"),
                version(3, OptionalLong.empty(), "bb"),
                version(4, OptionalLong.empty(), "older"));
        List<String> files = List.of("backbones/oldest.onnx", "backbones/older.onnx", "backbones/bb.onnx");

        assertThat(LAST_TWO.unneeded(files, versions, rollout("bb").build())).containsExactly("backbones/oldest.onnx");
    }

    @Test
    void the_backbone_of_the_rollout_and_the_next_one_stay_without_any_version() {
        List<ModelPublished> versions = List.of(
                version(1, OptionalLong.empty(), "first"),
                version(2, OptionalLong.empty(), "second"),
                version(3, OptionalLong.empty(), "third"),
                version(4, OptionalLong.empty(), "third"));
        RolloutChanged rollout =
                rollout("first").setNextBackbone(backbone("second")).build();

        assertThat(LAST_TWO.unneeded(
                        List.of("backbones/first.onnx", "backbones/second.onnx", "backbones/third.onnx"),
                        versions,
                        rollout))
                .isEmpty();
    }
}
