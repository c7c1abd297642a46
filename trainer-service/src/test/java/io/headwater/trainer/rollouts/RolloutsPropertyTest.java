package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Backbone;
import io.headwater.events.GateOutcome;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.trainer.registry.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens, in whatever order: nothing that is recorded contradicts itself. */
class RolloutsPropertyTest {
    private static final Set<ModelState> NEVER_SERVED =
            EnumSet.of(ModelState.REJECTED, ModelState.ROLLED_BACK, ModelState.CANDIDATE, ModelState.RETIRED);

    /** Something that happens; the number says to which version, and how. */
    record Event(Kind kind, int number) {}

    enum Kind {
        PASSED,
        INCONCLUSIVE,
        REJECTED,
        LABELS,
        LABELS_AND_LOOK,
        TIME_GOES_BY,
        CLOCK_SET_BACK,
        BACKBONE_CHANGE_BEGINS,
        BACKBONE_CHANGE_IS_GIVEN_UP,
        PASSED_ON_NEXT_BACKBONE,
        HAND_SHADOW,
        HAND_CANARY,
        HAND_PROMOTE,
        HAND_REJECT,
        HAND_ROLLBACK,
        HAND_PAUSE,
        HAND_PIN,
        HAND_RESUME
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Arbitraries.of(Kind.values())
                .flatMap(kind -> Arbitraries.integers().between(0, 999).map(number -> new Event(kind, number)))
                .list()
                .ofMaxSize(80);
    }

    @Property(tries = 1_000)
    void no_sequence_of_events_leads_to_a_contradiction(
            @ForAll RolloutPolicy policy, @ForAll("events") List<Event> events) {
        World world = new World(RolloutSettings.DEFAULT.with(policy));
        for (Event event : events) {
            RolloutChanged before = world.rollout();
            int published = world.published.size();
            happen(world, event);
            check(world, before, world.published.subList(published, world.published.size()));
        }
    }

    @ParameterizedTest
    @EnumSource(RolloutPolicy.class)
    void none_of_all_sequences_of_three_events_after_a_first_version_does(RolloutPolicy policy) {
        List<Event> events = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            // Of two versions either, with weak evidence and with strong.
            events.add(new Event(kind, 60));
            events.add(new Event(kind, 971));
        }
        int sequences = 0;
        for (Event first : events) {
            for (Event second : events) {
                for (Event third : events) {
                    World world = new World(RolloutSettings.DEFAULT.with(policy));
                    world.arrives(GateOutcome.PASSED);
                    if (policy == RolloutPolicy.MANUAL) {
                        world.hand(new Move.Promote(1));
                    }
                    world.arrives(GateOutcome.PASSED);
                    for (Event event : List.of(first, second, third)) {
                        RolloutChanged before = world.rollout();
                        int published = world.published.size();
                        happen(world, event);
                        check(world, before, world.published.subList(published, world.published.size()));
                    }
                    sequences++;
                }
            }
        }
        assertThat(sequences).isEqualTo(events.size() * events.size() * events.size());
    }

    private static void happen(World world, Event event) {
        long version =
                1 + event.number() % Math.max(1, world.registry.newestFirst().size());
        try {
            switch (event.kind()) {
                case PASSED -> world.arrives(GateOutcome.PASSED);
                case INCONCLUSIVE -> world.arrives(GateOutcome.INCONCLUSIVE);
                case REJECTED -> world.arrives(GateOutcome.REJECTED);
                case LABELS -> world.evidence = evidence(world, event.number());
                case LABELS_AND_LOOK -> {
                    world.evidence = evidence(world, event.number());
                    world.settle();
                }
                case TIME_GOES_BY -> {
                    world.later(Duration.ofMinutes(event.number()));
                    world.settle();
                }
                case CLOCK_SET_BACK -> {
                    world.later(Duration.ofMinutes(-60));
                    world.settle();
                }
                case BACKBONE_CHANGE_BEGINS -> {
                    long generation = world.rollout().getGeneration() + 1;
                    world.registry.put(RolloutChanged.newBuilder(world.rollout())
                            .setGeneration(generation)
                            .setNextBackbone(World.backbone("next" + generation, generation))
                            .build());
                }
                case BACKBONE_CHANGE_IS_GIVEN_UP ->
                    world.registry.put(RolloutChanged.newBuilder(world.rollout())
                            .setGeneration(world.rollout().getGeneration() + 1)
                            .setNextBackbone(null)
                            .build());
                case PASSED_ON_NEXT_BACKBONE -> {
                    Backbone next = world.rollout().getNextBackbone();
                    world.arrives(
                            GateOutcome.PASSED, next == null ? world.rollout().getBackbone() : next);
                }
                case HAND_SHADOW -> world.hand(new Move.Shadow(version));
                case HAND_CANARY -> world.hand(new Move.Canary(version, event.number() % 110));
                case HAND_PROMOTE -> world.hand(new Move.Promote(version));
                case HAND_REJECT -> world.hand(new Move.Reject(version));
                case HAND_ROLLBACK -> world.hand(new Move.Rollback());
                case HAND_PAUSE -> world.hand(new Move.Pause());
                case HAND_PIN -> world.hand(new Move.Pin());
                case HAND_RESUME -> world.hand(new Move.Resume());
            }
        } catch (RefusedException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (IllegalStateException e) {
            // A version on a backbone that is neither this nor the next one.
            assertThat(e.getMessage()).contains("backbone");
        }
    }

    /** Anything that labels could say, strong or weak, for and against. */
    private static Evidence evidence(World world, int number) {
        Random random = new Random(number);
        Situation situation = world.situation();
        Optional<Long> stable = situation.stable();
        int inStep = random.nextInt(100);
        return new Evidence(
                situation.trial().flatMap(trial -> stable.map(other -> anyPair(world, trial, other, random))),
                situation
                        .trial()
                        .flatMap(trial -> situation.failed().map(other -> anyPair(world, trial, other, random))),
                stable.flatMap(serving -> situation.previous().map(other -> anyPair(world, serving, other, random))),
                inStep,
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Traffic(
                                random.nextInt(1000),
                                random.nextDouble(),
                                random.nextDouble() - 0.5,
                                random.nextDouble())),
                random.nextInt(3) > 0 ? Optional.empty() : Optional.of(anyDataPlane(world, random)));
    }

    /** Anything that instances could report, also of versions that have another role by now. */
    private static DataPlane anyDataPlane(World world, Random random) {
        List<Long> versions = world.registry.newestFirst().stream()
                .map(ModelPublished::getVersion)
                .toList();
        Map<Long, VersionHealth> health = new HashMap<>();
        versions.forEach(version -> health.put(version, anyHealth(random)));
        Optional<Long> blamed = versions.isEmpty() || random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(versions.get(random.nextInt(versions.size())));
        return new DataPlane(
                random.nextInt(3),
                random.nextBoolean() ? List.of() : List.of("one"),
                random.nextBoolean()
                        ? List.of()
                        : List.of(new DataPlane.Refusal("one", "It is damaged.", random.nextInt(6), blamed)),
                health);
    }

    private static VersionHealth anyHealth(Random random) {
        int images = random.nextInt(1_000);
        return new VersionHealth(
                images,
                random.nextInt(3) > 0 ? 0 : random.nextInt(images + 1),
                random.nextInt(100),
                random.nextInt(4) > 0 ? 40 : 50_000);
    }

    private static PairedEvidence anyPair(World world, long version, long against, Random random) {
        return world.pair(version, against, random.nextInt(40), random.nextInt(40), random.nextInt(400));
    }

    private static void check(World world, RolloutChanged before, List<Publication> published) {
        RolloutChanged after = world.rollout();
        List<ModelPublished> models = world.registry.newestFirst();

        assertThat(models.stream()
                        .filter(model -> model.getState() == ModelState.STABLE)
                        .map(ModelPublished::getVersion))
                .as("what is stable")
                .isEqualTo(version(after.getStable()).stream().toList());
        Stream.of(after.getStable(), after.getCanary()).filter(Objects::nonNull).forEach(served -> assertThat(
                        world.state(served.getVersion()))
                .as("state of %d, which is served", served.getVersion())
                .isNotIn(NEVER_SERVED));
        assertThat(models.stream()
                        .filter(model -> model.getState() == ModelState.CANARY)
                        .map(ModelPublished::getVersion))
                .as("what is the canary")
                .isEqualTo(version(after.getCanary()).stream().toList());
        if (after.getUnfit()) {
            assertThat(after.getFailed()).as("what is unfit").isNotNull();
            assertThat(after.getShadows())
                    .extracting(ServedModel::getVersion)
                    .as("what is unfit is not loaded")
                    .doesNotContain(after.getFailed());
        }
        assertThat(after.getCanaryPercentage() > 0).isEqualTo(after.getCanary() != null);
        assertThat(models.stream().filter(model -> model.getState() == ModelState.SHADOW))
                .as("what is on trial as a shadow")
                .hasSize(after.getTrial() != null && after.getCanary() == null ? 1 : 0);
        everyServedVersionIsOnTheBackbone(world, after);
        comparedVersionsAnswerEveryImage(after);

        long generation = before.getGeneration();
        Optional<Long> stable = version(before.getStable());
        for (var publication : published) {
            publication.models().forEach(model -> assertThat(model.getReason()).isNotBlank());
            if (publication.rollout().isPresent()) {
                RolloutChanged rollout = publication.rollout().get();
                generation++;
                assertThat(rollout.getGeneration()).isEqualTo(generation);
                assertThat(rollout.getReason()).isNotBlank();
                assertThat(rollout.getChangedBy()).isNotBlank();
                Optional<Long> next = version(rollout.getStable());
                if (stable.isPresent() && next.orElseThrow() < stable.get()) {
                    long old = stable.get();
                    assertThat(publication.models())
                            .as("going back from %d", old)
                            .anyMatch(model -> model.getVersion() == old && model.getState() == ModelState.ROLLED_BACK);
                }
                stable = next;
            }
        }
    }

    private static void everyServedVersionIsOnTheBackbone(World world, RolloutChanged rollout) {
        List<ServedModel> all = new ArrayList<>(rollout.getShadows());
        Stream.of(rollout.getStable(), rollout.getCanary())
                .filter(Objects::nonNull)
                .forEach(all::add);
        assertThat(all).allMatch(served -> world.situation()
                .isOnBackbone(world.registry.model(served.getVersion()).orElseThrow()));
    }

    private static void comparedVersionsAnswerEveryImage(RolloutChanged rollout) {
        List<Long> shadows =
                rollout.getShadows().stream().map(ServedModel::getVersion).toList();
        assertThat(shadows).doesNotHaveDuplicates();
        if (rollout.getTrial() != null) {
            assertThat(shadows).contains(rollout.getTrial().getVersion());
        }
        if (rollout.getCanary() != null) {
            assertThat(shadows).contains(rollout.getStable().getVersion());
        }
        if (rollout.getProbationUntil() != null) {
            assertThat(shadows).contains(rollout.getPrevious());
        }
    }

    private static Optional<Long> version(ServedModel model) {
        return Optional.ofNullable(model).map(ServedModel::getVersion);
    }
}
