package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.GateOutcome;
import io.headwater.events.ModelState;
import io.headwater.events.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the instances say: who is behind, what can not be loaded, fails or is slow. */
class RolloutHealthTest extends OnTrial {
    @Test
    void a_version_does_not_go_forward_while_instances_are_behind_or_all_of_them_down() {
        stableAndShadow();
        world.later(STEP);
        world.evidence = good().with(Optional.empty(), Optional.of(new DataPlane(2, List.of("b"), Optional.empty())));
        assertThat(world.settle().reason()).isEqualTo("Of 2 instances these don't serve this generation yet: b.");
        world.evidence = good().with(Optional.empty(), Optional.of(new DataPlane(0, List.of(), Optional.empty())));
        assertThat(world.settle().reason()).startsWith("No instance of the inference-service reports");
        world.evidence = good().with(Optional.empty(), Optional.of(new DataPlane(2, List.of(), Optional.empty())));
        world.settle();
        assertCanary(10);
    }

    @Test
    void a_version_that_an_instance_can_not_load_is_taken_back_after_some_attempts() {
        stableAndShadow();
        world.evidence = Evidence.NONE.with(Optional.empty(), Optional.of(refusedAfter(2)));
        world.settle();
        assertThat(world.state(2)).isEqualTo(ModelState.SHADOW);

        world.evidence = Evidence.NONE.with(Optional.empty(), Optional.of(refusedAfter(3)));
        world.settle();

        assertThat(world.state(2)).isEqualTo(ModelState.REJECTED);
        assertThat(world.registry.model(2).orElseThrow().getReason())
                .isEqualTo(
                        "The instance b can't serve it, after 3 attempts: the file is damaged; of 2 instances 1 serve it");
        assertThat(world.rollout().getShadows()).isEmpty();
        // Promoted by hand all the same: back to what could be served
        world.hand(new Move.Promote(2));
        world.evidence = Evidence.NONE.with(Optional.empty(), Optional.of(refusedAfter(3)));
        world.settle();
        assertThat(world.rollout().getStable().getVersion()).isEqualTo(1);
        assertThat(world.state(2)).isEqualTo(ModelState.ROLLED_BACK);
        // As a shadow it would keep the instance from every generation to come
        assertThat(world.rollout().getShadows()).isEmpty();
        assertThat(world.rollout().getFailed()).isEqualTo(2);
        assertThat(world.rollout().getUnfit()).isTrue();
    }

    @Test
    void only_the_version_that_is_to_blame_is_taken_back() {
        stableAndShadow();
        canary();
        for (Optional<Long> blamed : List.of(Optional.<Long>empty(), Optional.of(1L), Optional.of(7L))) {
            world.evidence = Evidence.NONE.with(Optional.empty(), Optional.of(refused(9, blamed)));
            world.settle();
            assertCanary(10);
        }

        world.evidence = Evidence.NONE.with(Optional.empty(), Optional.of(refused(3, Optional.of(2L))));
        world.settle();

        assertThat(world.state(2)).isEqualTo(ModelState.ROLLED_BACK);
        assertThat(world.rollout().getStable().getVersion()).isEqualTo(1);
        assertThat(world.rollout().getShadows()).isEmpty();
        assertThat(world.rollout().getCooldownUntil()).isNotNull();
    }

    @Test
    void a_version_that_was_rolled_back_and_can_not_be_loaded_any_more_is_no_shadow_any_more() {
        stableAndShadow();
        canary();
        world.evidence = bad();
        world.settle();
        assertThat(world.rollout().getShadows())
                .extracting(ServedModel::getVersion)
                .containsExactly(2L);

        world.evidence = Evidence.NONE.with(Optional.empty(), Optional.of(refused(3, Optional.of(2L))));
        world.settle();

        assertThat(world.rollout().getShadows()).isEmpty();
        assertThat(world.rollout().getReason()).startsWith("Version 2 is no shadow any more. The instance b");
        assertThat(world.state(2)).isEqualTo(ModelState.ROLLED_BACK);
    }

    @Test
    void a_predecessor_that_can_not_be_loaded_any_more_is_no_shadow_any_more() {
        World immediate = new World(RolloutSettings.DEFAULT.with(RolloutPolicy.IMMEDIATE));
        immediate.arrives(GateOutcome.PASSED);
        immediate.arrives(GateOutcome.PASSED);

        immediate.evidence = Evidence.NONE.with(Optional.empty(), Optional.of(refused(3, Optional.of(1L))));
        immediate.settle();

        assertThat(immediate.rollout().getStable().getVersion()).isEqualTo(2);
        assertThat(immediate.rollout().getShadows()).isEmpty();
    }

    @Test
    void a_canary_that_fails_or_is_slow_where_stable_is_not_is_rolled_back_with_the_numbers() {
        for (VersionHealth unwell :
                List.of(new VersionHealth(500, 100, 60, 30), new VersionHealth(500, 0, 60, 50_000))) {
            World other = new World(RolloutSettings.DEFAULT);
            other.arrives(GateOutcome.PASSED);
            other.arrives(GateOutcome.PASSED);
            other.hand(new Move.Canary(2, 10));
            other.evidence = health(unwell, new VersionHealth(500, 0, 60, 30));

            other.settle();

            assertThat(other.state(2)).isEqualTo(ModelState.ROLLED_BACK);
            assertThat(other.rollout().getReason())
                    .startsWith("Version 2 is rolled back. It")
                    .containsAnyOf("of 100 of the last 500 images, version 1 of 0", "50.00 ms for an image");
            assertThat(other.rollout().getShadows()).isEmpty();
            assertThat(other.rollout().getFailed()).isEqualTo(2);
            assertThat(other.rollout().getCooldownUntil()).isEqualTo(other.now.plus(Duration.ofMinutes(10)));
        }
    }

    @Test
    void a_slowness_that_stable_shows_as_well_takes_nothing_back() {
        stableAndShadow();
        canary();
        world.evidence = health(new VersionHealth(500, 9, 60, 50_000), new VersionHealth(500, 9, 60, 45_000));

        world.settle();

        assertCanary(10);
    }

    @Test
    void a_new_stable_version_that_fails_gives_way_to_its_predecessor_unless_it_is_pinned() {
        World immediate = new World(RolloutSettings.DEFAULT.with(RolloutPolicy.IMMEDIATE));
        immediate.arrives(GateOutcome.PASSED);
        immediate.arrives(GateOutcome.PASSED);
        immediate.hand(new Move.Pin());
        Evidence failing = health(new VersionHealth(500, 500, 0, 0), new VersionHealth(500, 0, 0, 0));
        immediate.evidence = failing;
        immediate.settle();
        assertThat(immediate.rollout().getStable().getVersion()).isEqualTo(2);

        immediate.hand(new Move.Resume());
        immediate.evidence = failing;
        immediate.settle();

        assertThat(immediate.rollout().getStable().getVersion()).isEqualTo(1);
        assertThat(immediate.state(2)).isEqualTo(ModelState.ROLLED_BACK);
        assertThat(immediate.rollout().getUnfit()).isTrue();
    }

    @Test
    void after_an_unfit_version_the_next_one_has_to_show_that_it_can_be_served() {
        stableAndShadow();
        canary();
        world.evidence = health(new VersionHealth(500, 100, 60, 30), new VersionHealth(500, 0, 60, 30));
        world.settle();
        world.arrives(GateOutcome.PASSED);
        world.later(Duration.ofMinutes(10));
        world.settle();
        assertThat(world.state(3)).isEqualTo(ModelState.SHADOW);
        assertThat(world.rollout().getShadows())
                .extracting(ServedModel::getVersion)
                .containsExactly(3L);
        world.later(STEP);
        Evidence labels = world.trial(world.pair(3, 1, 46, 25, 629));

        world.evidence = labels.with(Optional.empty(), Optional.of(new DataPlane(1, List.of(), Optional.empty())));
        assertThat(world.settle().reason())
                .isEqualTo(
                        "It has to show that it can be served, since version 2 could not: it has been scored on 0 of 20"
                                + " images and timed on 0 of 20.");
        VersionHealth sound = new VersionHealth(25, 0, 21, 30);
        world.evidence = labels.with(
                Optional.empty(), Optional.of(new DataPlane(1, List.of(), List.of(), Map.of(3L, sound, 1L, sound))));
        world.settle();
        assertThat(world.state(3)).isEqualTo(ModelState.CANARY);
    }

    private static Evidence health(VersionHealth second, VersionHealth first) {
        return Evidence.NONE.with(
                Optional.empty(), Optional.of(new DataPlane(2, List.of(), List.of(), Map.of(2L, second, 1L, first))));
    }

    @Test
    void a_refusal_that_blames_nothing_or_what_nothing_can_take_the_place_of_hides_no_other() {
        stableAndShadow();
        DataPlane plane = new DataPlane(
                4,
                List.of("a", "b", "c"),
                List.of(
                        new DataPlane.Refusal("a", "the store is away", 50, Optional.empty()),
                        new DataPlane.Refusal("c", "the file of 1 is damaged", 40, Optional.of(1L)),
                        new DataPlane.Refusal("b", "the file of 2 is damaged", 10, Optional.of(2L))),
                Map.of());
        world.evidence = Evidence.NONE.with(Optional.empty(), Optional.of(plane));

        world.settle();

        assertThat(world.state(2)).isEqualTo(ModelState.REJECTED);
        assertThat(world.registry.model(2).orElseThrow().getReason())
                .isEqualTo(
                        "The instance b can't serve it, after 10 attempts: the file of 2 is damaged; of 4 instances 1"
                                + " serve it");
    }

    private static DataPlane refusedAfter(int attempts) {
        return refused(attempts, Optional.of(2L));
    }

    static DataPlane refused(int attempts, Optional<Long> version) {
        return new DataPlane(
                2, List.of("b"), Optional.of(new DataPlane.Refusal("b", "the file is damaged", attempts, version)));
    }
}
