package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.Backbone;
import io.headwater.events.GateOutcome;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.RolloutTrial;
import io.headwater.events.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From candidate to stable and back, as the evidence says. */
class ControllerTest extends OnTrial {
    @ParameterizedTest
    @EnumSource(
            value = RolloutPolicy.class,
            names = {"IMMEDIATE", "SHADOW_THEN_CANARY"})
    void a_first_version_goes_live_at_once(RolloutPolicy policy) {
        World first = new World(RolloutSettings.DEFAULT.with(policy));

        first.arrives(GateOutcome.PASSED);

        assertThat(first.rollout().getStable().getVersion()).isEqualTo(1);
        assertThat(first.rollout().getReason()).isEqualTo("Version 1 is stable. The gate says PASSED.");
    }

    @Test
    void by_the_manual_policy_nothing_goes_live_by_itself() {
        World manual = new World(RolloutSettings.DEFAULT.with(RolloutPolicy.MANUAL));

        manual.arrives(GateOutcome.PASSED);

        assertThat(manual.state(1)).isEqualTo(ModelState.CANDIDATE);
        assertThat(manual.registry.model(1).orElseThrow().getReason()).contains("The policy is manual");
        manual.hand(new Move.Promote(1));
        assertThat(manual.rollout().getStable().getVersion()).isEqualTo(1);
        assertThat(manual.rollout().getChangedBy()).isEqualTo("alice");
    }

    @Test
    void a_version_goes_from_shadow_by_the_steps_to_stable() {
        stableAndShadow();

        // Three points better on 700 images: not worse, but not yet long enough
        world.evidence = good();
        assertThat(world.settle().reason()).contains("lasts 60 s");
        world.later(STEP);
        world.evidence = good();
        world.settle();
        assertCanary(10);

        // Each step takes labels of its own
        world.later(STEP);
        world.evidence = new Evidence(good().trial(), Optional.empty(), Optional.empty(), 19);
        assertThat(world.settle().reason()).contains("19 of them since this step began, 20 are needed");
        world.evidence = good();
        world.settle();
        assertCanary(50);

        world.later(STEP);
        world.evidence = good();
        world.settle();
        assertThat(world.rollout().getStable().getVersion()).isEqualTo(2);
        assertThat(world.rollout().getCanary()).isNull();
        assertThat(world.rollout().getReason()).contains("2.0 points worse can be excluded (evidence");
        assertThat(world.state(1)).isEqualTo(ModelState.RETIRED);
        // Its predecessor answers on, so that the two can be compared
        assertThat(world.rollout().getShadows())
                .extracting(ServedModel::getVersion)
                .containsExactly(1L);
        assertThat(world.rollout().getPrevious()).isEqualTo(1);
        world.later(Duration.ofHours(1));
        world.settle();
        assertThat(world.rollout().getShadows()).isEmpty();
        assertThat(world.rollout().getPrevious()).isEqualTo(1);
    }

    @Test
    void few_labels_push_nothing_forward() {
        stableAndShadow();
        world.later(STEP);
        world.evidence = world.trial(world.pair(2, 1, 3, 2, 100));

        assertThat(world.settle().reason()).contains("too few to exclude that it is 2.0 points worse");
        assertThat(world.state(2)).isEqualTo(ModelState.SHADOW);
    }

    @Test
    void a_shadow_that_is_worse_is_rejected_and_the_next_candidate_takes_its_place() {
        stableAndShadow();
        world.arrives(GateOutcome.INCONCLUSIVE);
        world.arrives(GateOutcome.PASSED);
        assertThat(world.state(4)).isEqualTo(ModelState.CANDIDATE);

        world.evidence = bad();
        world.settle();

        assertThat(world.state(2)).isEqualTo(ModelState.REJECTED);
        assertThat(world.registry.model(2).orElseThrow().getReason())
                .isEqualTo(
                        "Beside version 1 on 700 labelled images: right on 10 where that is wrong, wrong on 60 where that"
                                + " is right: significantly worse (evidence "
                                + String.format(
                                        Locale.ROOT,
                                        "%.3g",
                                        bad().trial().orElseThrow().worse())
                                + " of 100).");
        assertThat(world.state(4)).isEqualTo(ModelState.SHADOW);
        assertThat(world.state(3)).isEqualTo(ModelState.CANDIDATE);
    }

    @Test
    void evidence_of_a_version_that_is_not_on_trial_any_more_takes_nothing_back() {
        stableAndShadow();
        world.arrives(GateOutcome.PASSED);
        world.hand(new Move.Shadow(3));

        world.evidence = bad();
        world.settle();

        assertThat(world.state(2)).isEqualTo(ModelState.RETIRED);
        assertThat(world.state(3)).isEqualTo(ModelState.SHADOW);
    }

    @Test
    void what_the_gate_could_not_tell_live_labels_may() {
        world.arrives(GateOutcome.PASSED);
        world.arrives(GateOutcome.INCONCLUSIVE);

        world.settle();

        assertThat(world.state(2)).isEqualTo(ModelState.SHADOW);
    }

    @Test
    void a_canary_that_is_worse_is_rolled_back_and_the_next_one_must_beat_it() {
        stableAndShadow();
        canary();
        world.evidence = bad();
        world.settle();
        assertThat(world.state(2)).isEqualTo(ModelState.ROLLED_BACK);
        assertThat(world.rollout().getCanary()).isNull();
        assertThat(world.rollout().getFailed()).isEqualTo(2);

        // Nothing goes forward for a while
        world.arrives(GateOutcome.PASSED);
        assertThat(world.settle().reason()).contains("Nothing goes forward until 2026-03-01T12:11:00Z");
        world.later(Duration.ofMinutes(10));
        world.settle();
        assertThat(world.state(3)).isEqualTo(ModelState.SHADOW);
        assertThat(world.rollout().getShadows())
                .extracting(ServedModel::getVersion)
                .containsExactly(3L, 2L);

        world.later(STEP);
        world.evidence = world.trial(world.pair(3, 1, 45, 25, 630));
        assertThat(world.settle().reason()).contains("it has to be better than version 2, which was rolled back");
        world.evidence = new Evidence(
                Optional.of(world.pair(3, 1, 45, 25, 630)),
                Optional.of(world.pair(3, 2, 90, 20, 590)),
                Optional.empty(),
                700);
        world.settle();
        assertThat(world.state(3)).isEqualTo(ModelState.CANARY);
    }

    @Test
    void a_promotion_by_hand_that_was_wrong_is_rolled_back_by_itself() {
        World immediate = new World(RolloutSettings.DEFAULT.with(RolloutPolicy.IMMEDIATE));
        immediate.arrives(GateOutcome.PASSED);
        immediate.arrives(GateOutcome.REJECTED);
        immediate.hand(new Move.Promote(2));
        assertThat(immediate.rollout().getStable().getVersion()).isEqualTo(2);
        assertThat(immediate.rollout().getShadows())
                .extracting(ServedModel::getVersion)
                .containsExactly(1L);

        immediate.evidence =
                new Evidence(Optional.empty(), Optional.empty(), Optional.of(immediate.pair(2, 1, 2, 30, 60)), 0);
        immediate.settle();

        RolloutChanged rollout = immediate.rollout();
        assertThat(rollout.getStable().getVersion()).isEqualTo(1);
        assertThat(rollout.getReason())
                .startsWith(
                        "Version 2 is rolled back, version 1 is stable again. Beside version 1 on 92 labelled images:"
                                + " right on 2 where that is wrong, wrong on 30");
        assertThat(immediate.state(1)).isEqualTo(ModelState.STABLE);
        assertThat(immediate.state(2)).isEqualTo(ModelState.ROLLED_BACK);
        assertThat(rollout.getPrevious()).isNull();
        // The next one is not served at once, though the policy says so: it must beat what failed
        immediate.later(Duration.ofMinutes(10));
        immediate.arrives(GateOutcome.PASSED);
        assertThat(immediate.state(3)).isEqualTo(ModelState.SHADOW);
    }

    @Test
    void agreement_confidence_and_predicted_classes_hold_back() {
        stableAndShadow();
        world.later(STEP);
        for (Traffic traffic :
                new Traffic[] {new Traffic(100, 0.4, 0, 0), new Traffic(100, 0.9, 0.3, 0), new Traffic(100, 0.9, 0, 0.3)
                }) {
            world.evidence = new Evidence(
                    good().trial(), Optional.empty(), Optional.empty(), 700, Optional.of(traffic), Optional.empty());
            assertThat(world.settle().reason()).startsWith("On 100 images");
        }
        world.evidence = new Evidence(
                good().trial(),
                Optional.empty(),
                Optional.empty(),
                700,
                Optional.of(new Traffic(100, 0.9, 0.1, 0.1)),
                Optional.empty());
        world.settle();
        assertCanary(10);
    }

    @Test
    void full_agreement_without_labels_pushes_nothing_forward() {
        stableAndShadow();
        world.later(Duration.ofHours(1));
        world.evidence = new Evidence(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.of(new Traffic(100_000, 1, 0, 0)),
                Optional.empty());

        assertThat(world.settle().reason()).isEqualTo("No labelled image has been answered by both yet.");
    }

    @Test
    void a_shadow_without_evidence_stays_one_until_the_deadline_and_a_newer_candidate() {
        stableAndShadow();
        world.later(Duration.ofDays(1));
        assertThat(world.settle().reason()).startsWith("No step forward within PT24H: No labelled image");
        assertThat(world.state(2)).isEqualTo(ModelState.SHADOW);

        world.arrives(GateOutcome.PASSED);
        world.settle();

        assertThat(world.state(2)).isEqualTo(ModelState.RETIRED);
        assertThat(world.state(3)).isEqualTo(ModelState.SHADOW);
    }

    @Test
    void a_canary_without_labels_is_a_shadow_again_after_the_deadline() {
        stableAndShadow();
        canary();
        world.later(Duration.ofDays(1));
        world.settle();

        assertThat(world.state(2)).isEqualTo(ModelState.SHADOW);
        assertThat(world.rollout().getCanary()).isNull();
        assertThat(world.rollout().getReason()).contains("No step forward within PT24H");
    }

    @Test
    void a_pause_stops_what_goes_forward_and_not_what_protects() {
        stableAndShadow();
        world.later(STEP);
        world.hand(new Move.Pause());
        assertThat(world.hand(new Move.Pause())).isFalse();
        world.evidence = good();
        assertThat(world.settle().reason()).contains("paused");
        world.evidence = bad();
        world.settle();
        assertThat(world.state(2)).isEqualTo(ModelState.REJECTED);
    }

    @Test
    void a_pinned_version_stays_whatever_the_evidence_says_until_somebody_resumes() {
        stableAndShadow();
        canary();
        world.evidence = good();
        world.later(STEP);
        world.settle();
        world.later(STEP);
        world.evidence = good();
        world.settle();
        assertThat(world.rollout().getStable().getVersion()).isEqualTo(2);
        world.hand(new Move.Pin());
        Evidence worse = new Evidence(Optional.empty(), Optional.empty(), Optional.of(world.pair(2, 1, 2, 30, 60)), 0);
        world.evidence = worse;
        world.settle();
        assertThat(world.rollout().getStable().getVersion()).isEqualTo(2);

        world.hand(new Move.Resume());
        world.evidence = worse;
        world.settle();
        assertThat(world.rollout().getStable().getVersion()).isEqualTo(1);
    }

    @Test
    void a_clock_that_is_set_back_only_makes_it_wait() {
        stableAndShadow();
        world.later(Duration.ofHours(-1));
        world.evidence = good();
        long generation = world.rollout().getGeneration();

        assertThat(world.settle().reason()).contains("lasts 60 s");
        world.later(Duration.ofHours(1).plus(STEP));
        world.evidence = good();
        world.settle();

        assertThat(world.rollout().getGeneration()).isEqualTo(generation + 1);
        assertCanary(10);
    }

    @Test
    void a_version_on_the_next_backbone_brings_it_alone_and_ends_the_trial() {
        stableAndShadow();
        Backbone next = World.backbone("next", 9);
        world.registry.put(RolloutChanged.newBuilder(world.rollout())
                .setGeneration(9)
                .setNextBackbone(next)
                .build());

        world.arrives(GateOutcome.PASSED, next);

        assertThat(world.rollout().getStable().getVersion()).isEqualTo(3);
        assertThat(world.rollout().getBackbone()).isEqualTo(next);
        assertThat(world.rollout().getShadows()).isEmpty();
        assertThat(world.rollout().getPrevious()).isNull();
        assertThat(world.state(2)).isEqualTo(ModelState.RETIRED);
        assertThatThrownBy(() -> world.hand(new Move.Promote(1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another backbone");
        assertThatThrownBy(() -> world.hand(new Move.Rollback())).hasMessageContaining("no version to go back to");
    }

    @Test
    void a_rollout_that_somebody_wrote_by_hand_is_put_right_by_the_next_version() {
        stableAndShadow();
        ServedModel unknown = new ServedModel(77L, List.of("ant"), "uri", "hash", 1L);
        world.registry.put(RolloutChanged.newBuilder(world.rollout())
                .setGeneration(40)
                .setStable(unknown)
                .setCanary(unknown)
                .setCanaryPercentage(30)
                .setShadows(List.of(unknown))
                .setTrial(new RolloutTrial(78L, World.START, World.START))
                .setPrevious(79L)
                .setFailed(80L)
                .build());

        world.arrives(GateOutcome.PASSED);

        assertThat(world.rollout().getGeneration()).isEqualTo(41);
        assertThat(world.rollout().getStable().getVersion()).isEqualTo(3);
        assertThat(world.rollout().getCanary()).isNull();
        assertThat(world.rollout().getTrial()).isNull();
        assertThat(world.rollout().getShadows()).isEmpty();
        assertThat(world.state(1)).isEqualTo(ModelState.RETIRED);
        assertThat(world.state(2)).isEqualTo(ModelState.RETIRED);
    }

    @Test
    void by_hand_each_move_can_be_made_once_and_impossible_ones_are_refused() {
        world.arrives(GateOutcome.PASSED);
        world.arrives(GateOutcome.REJECTED);
        assertThat(world.hand(new Move.Canary(2, 25))).isTrue();
        assertThat(world.hand(new Move.Canary(2, 25))).isFalse();
        assertCanary(25);
        assertThat(world.hand(new Move.Promote(2))).isTrue();
        assertThat(world.hand(new Move.Promote(2))).isFalse();
        assertThat(world.hand(new Move.Rollback())).isTrue();
        assertThat(world.state(2)).isEqualTo(ModelState.ROLLED_BACK);
        assertThatThrownBy(() -> world.hand(new Move.Rollback())).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> world.hand(new Move.Reject(1))).hasMessageContaining("Version 1 is stable");
        assertThatThrownBy(() -> world.hand(new Move.Shadow(7))).hasMessage("There is no version 7.");
        assertThatThrownBy(() -> world.hand(new Move.Canary(2, 100))).hasMessageContaining("from 1 to 99 %");
    }
}
