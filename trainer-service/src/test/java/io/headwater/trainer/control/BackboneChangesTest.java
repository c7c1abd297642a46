package io.headwater.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.GateOutcome;
import io.headwater.events.GateVerdict;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.Quality;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.trainer.fixture.TrainerRig;
import io.headwater.trainer.registry.Publication;
import io.headwater.trainer.rollouts.Controller;
import io.headwater.trainer.rollouts.Situation;
import io.headwater.trainer.rollouts.Transitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackboneChangesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1000);
    private static final Backbone OLD = backbone("old", 0);
    private static final Backbone NEW = backbone("new", 0);
    private static final ServedModel SERVED = new ServedModel(3L, List.of("ant", "bee"), "uri", "hash", 1L);

    private final RolloutChanged present = RolloutChanged.newBuilder()
            .setGeneration(7)
            .setBackbone(OLD)
            .setStable(SERVED)
            .setCanary(SERVED)
            .setCanaryPercentage(10)
            .setShadows(List.of(SERVED))
            .setReason("test")
            .setChangedBy("test")
            .setChangedAt(Instant.EPOCH)
            .build();

    @Test
    void the_backbone_that_is_recorded_changes_nothing() {
        assertThat(BackboneChanges.of(present, OLD, "", NOW)).isEmpty();
    }

    @Test
    void another_one_begins_a_change_that_serves_the_same() {
        RolloutChanged change = BackboneChanges.of(present, NEW, "", NOW).orElseThrow();

        assertThat(change.getGeneration()).isEqualTo(8);
        assertThat(change.getNextBackbone()).isEqualTo(backbone("new", 8));
        assertThat(change.getBackbone()).isEqualTo(OLD);
        assertThat(change.getStable()).isEqualTo(SERVED);
        assertThat(change.getCanary()).isEqualTo(SERVED);
        assertThat(change.getShadows()).containsExactly(SERVED);
        assertThat(change.getReason()).contains("from old at 96 pixels to new at 96 pixels");
        assertThat(change.getChangedAt()).isEqualTo(NOW);
    }

    @Test
    void a_change_that_is_under_way_goes_on() {
        RolloutChanged changing = BackboneChanges.of(present, NEW, "", NOW).orElseThrow();

        assertThat(BackboneChanges.of(changing, NEW, "", NOW)).isEmpty();
    }

    @Test
    void the_old_one_again_gives_the_change_up() {
        RolloutChanged changing = BackboneChanges.of(present, NEW, "", NOW).orElseThrow();

        RolloutChanged back = BackboneChanges.of(changing, OLD, "", NOW).orElseThrow();

        assertThat(back.getGeneration()).isEqualTo(9);
        assertThat(back.getNextBackbone()).isNull();
        assertThat(back.getBackbone()).isEqualTo(OLD);
        assertThat(back.getReason()).contains("to new at 96 pixels is given up");
    }

    @Test
    void the_same_change_once_more_is_another_one() {
        RolloutChanged changing = BackboneChanges.of(present, NEW, "", NOW).orElseThrow();
        RolloutChanged back = BackboneChanges.of(changing, OLD, "", NOW).orElseThrow();

        assertThat(BackboneChanges.of(back, NEW, "", NOW).orElseThrow().getNextBackbone())
                .isEqualTo(backbone("new", 10));
    }

    @Test
    void a_third_one_takes_the_place_of_the_next() {
        RolloutChanged changing = BackboneChanges.of(present, NEW, "", NOW).orElseThrow();

        assertThat(BackboneChanges.of(changing, backbone("third", 0), "", NOW)
                        .orElseThrow()
                        .getNextBackbone())
                .isEqualTo(backbone("third", 9));
    }

    @Test
    void the_first_version_on_the_next_backbone_brings_it_into_service_alone() {
        RolloutChanged changing = BackboneChanges.of(present, NEW, "", NOW).orElseThrow();

        Publication publication = arrival(
                version(4, backbone("new", 8), ModelState.STABLE),
                changing,
                Optional.of(version(3, OLD, ModelState.STABLE)),
                NOW);

        RolloutChanged rollout = publication.rollout().orElseThrow();
        assertThat(rollout.getGeneration()).isEqualTo(9);
        assertThat(rollout.getBackbone()).isEqualTo(backbone("new", 8));
        assertThat(rollout.getNextBackbone()).isNull();
        assertThat(rollout.getStable().getVersion()).isEqualTo(4);
        assertThat(rollout.getCanary()).isNull();
        assertThat(rollout.getCanaryPercentage()).isZero();
        assertThat(rollout.getShadows()).isEmpty();
        assertThat(publication.models())
                .extracting(ModelPublished::getVersion, ModelPublished::getState)
                .containsExactly(tuple(4L, ModelState.STABLE), tuple(3L, ModelState.RETIRED));
    }

    @Test
    void a_rejected_one_changes_nothing() {
        RolloutChanged changing = BackboneChanges.of(present, NEW, "", NOW).orElseThrow();

        assertThat(arrival(
                                version(4, backbone("new", 8), ModelState.REJECTED),
                                changing,
                                Optional.of(version(3, OLD, ModelState.STABLE)),
                                NOW)
                        .rollout())
                .isEmpty();
    }

    @Test
    void a_version_on_any_other_backbone_is_never_served() {
        assertThatThrownBy(() -> arrival(
                        version(4, backbone("new", 5), ModelState.STABLE),
                        BackboneChanges.of(present, NEW, "", NOW).orElseThrow(),
                        Optional.empty(),
                        NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 4");
    }

    private static Publication arrival(
            ModelPublished version, RolloutChanged present, Optional<ModelPublished> stable, Instant now) {
        return new Transitions(TrainerRig.AT_ONCE)
                .arrival(
                        Situation.of(present, stable.stream().toList()),
                        version,
                        new Controller(TrainerRig.AT_ONCE),
                        now);
    }

    private static Backbone backbone(String name, long change) {
        return new Backbone(name.repeat(3), name, "backbones/" + name + ".onnx", 10L, 96, 8, change);
    }

    private static ModelPublished version(long number, Backbone backbone, ModelState state) {
        Artifact file = new Artifact("models/" + number + "/head.onnx", "hash", 1L);
        return ModelPublished.newBuilder()
                .setVersion(number)
                .setState(state)
                .setReason("test")
                .setGate(new GateVerdict(GateOutcome.PASSED, "test"))
                .setParent(number == 4 ? 3L : null)
                .setModel(file)
                .setHead(file)
                .setBackbone(backbone.getId())
                .setBackboneChange(backbone.getChange())
                .setLabels(List.of("ant", "bee"))
                .setExamples(1)
                .setHoldoutExamples(1)
                .setMetrics(new ModelMetrics(new Quality(1.0, 0.0), new Quality(1.0, 0.0), 0.5, null))
                .setTrigger("test")
                .setExampleOffsets(Map.of())
                .setHyperparameters(Map.of())
                .setTrainedAt(NOW)
                .build();
    }
}
