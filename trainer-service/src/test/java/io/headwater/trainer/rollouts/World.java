package io.headwater.trainer.rollouts;

import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.GateOutcome;
import io.headwater.events.GateVerdict;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.Quality;
import io.headwater.events.RolloutChanged;
import io.headwater.trainer.registry.Publication;
import io.headwater.trainer.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A rollout and its versions, without Kafka, and a clock that is moved by hand. */
final class World {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final Backbone BACKBONE = backbone("first", 0);

    final RolloutSettings settings;
    final Controller controller;
    final Transitions transitions;
    final Registry registry = new Registry();
    final List<Publication> published = new ArrayList<>();
    Evidence evidence = Evidence.NONE;
    Instant now = START;
    private long newest;

    World(RolloutSettings settings) {
        this.settings = settings;
        controller = new Controller(settings);
        transitions = new Transitions(settings);
        registry.put(RolloutChanged.newBuilder()
                .setGeneration(1)
                .setBackbone(BACKBONE)
                .setReason("The first start.")
                .setChangedBy("trainer")
                .setChangedAt(START)
                .build());
    }

    Situation situation() {
        return Situation.of(registry.rollout().orElseThrow(), registry.newestFirst());
    }

    RolloutChanged rollout() {
        return registry.rollout().orElseThrow();
    }

    ModelState state(long version) {
        return registry.model(version).orElseThrow().getState();
    }

    /** A training ends. */
    long arrives(GateOutcome outcome) {
        return arrives(outcome, BACKBONE);
    }

    long arrives(GateOutcome outcome, Backbone backbone) {
        newest++;
        record(transitions.arrival(
                situation(), version(newest, outcome, backbone, situation().stable()), controller, now));
        return newest;
    }

    /** The controller looks, as often as it finds something to do. */
    Decision settle() {
        for (int i = 0; i < 20; i++) {
            Decision decision = controller.decide(situation(), evidence, now);
            if (!(decision instanceof Decision.Act act)) {
                return decision;
            }
            record(transitions
                    .apply(situation(), act.move(), "trainer", act.reason(), now)
                    .orElseThrow());
            evidence = Evidence.NONE;
        }
        throw new AssertionError("the controller never comes to rest");
    }

    /** Somebody does something. */
    boolean hand(Move move) {
        Optional<Publication> publication = transitions.apply(situation(), move, "alice", "She says so.", now);
        publication.ifPresent(this::record);
        return publication.isPresent();
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    private void record(Publication publication) {
        published.add(publication);
        publication.models().forEach(registry::put);
        publication.rollout().ifPresent(registry::put);
    }

    /** The evidence of so many images in some order: wins, losses, and images on which both are right or both wrong. */
    PairedEvidence pair(long version, long against, int wins, int losses, int same) {
        List<Integer> outcomes = new ArrayList<>(Collections.nCopies(wins, 1));
        outcomes.addAll(Collections.nCopies(losses, -1));
        outcomes.addAll(Collections.nCopies(same, 0));
        Collections.shuffle(outcomes, new Random(1));
        return PairedEvidence.of(version, against, outcomes, settings.tolerance());
    }

    Evidence trial(PairedEvidence pair) {
        return new Evidence(Optional.of(pair), Optional.empty(), Optional.empty(), pair.images());
    }

    static Backbone backbone(String name, long change) {
        return new Backbone(name.repeat(3), name, "backbones/" + name + ".onnx", 10L, 96, 8, change);
    }

    static ModelPublished version(long number, GateOutcome outcome, Backbone backbone, Optional<Long> parent) {
        Artifact file = new Artifact("models/" + number + "/head.onnx", "hash", 1L);
        return ModelPublished.newBuilder()
                .setVersion(number)
                .setState(
                        outcome == GateOutcome.PASSED
                                ? ModelState.STABLE
                                : outcome == GateOutcome.REJECTED ? ModelState.REJECTED : ModelState.CANDIDATE)
                .setReason("The gate says " + outcome + ".")
                .setGate(new GateVerdict(outcome, "The gate says " + outcome + "."))
                .setModel(file)
                .setHead(file)
                .setBackbone(backbone.getId())
                .setBackboneChange(backbone.getChange())
                .setLabels(List.of("ant", "bee"))
                .setExamples(1)
                .setHoldoutExamples(1)
                .setMetrics(new ModelMetrics(new Quality(1.0, 0.0), new Quality(1.0, 0.0), 0.5, null))
                .setParent(parent.orElse(null))
                .setTrigger("test")
                .setExampleOffsets(Map.of())
                .setHyperparameters(Map.of())
                .setTrainedAt(START)
                .build();
    }
}
