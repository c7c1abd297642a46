package io.headwater.benchmarks.rollout;

import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.GateOutcome;
import io.headwater.events.GateVerdict;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.Quality;
import io.headwater.events.RolloutChanged;
import io.headwater.trainer.quality.FallTest;
import io.headwater.trainer.registry.Publication;
import io.headwater.trainer.rollouts.Controller;
import io.headwater.trainer.rollouts.Decision;
import io.headwater.trainer.rollouts.Evidence;
import io.headwater.trainer.rollouts.NotWorseTest;
import io.headwater.trainer.rollouts.PairedEvidence;
import io.headwater.trainer.rollouts.RolloutSettings;
import io.headwater.trainer.rollouts.Situation;
import io.headwater.trainer.rollouts.Transitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One rollout from the arrival of a version to its end, decided by the controller itself after every few labels. */
final class SimulatedRollout {
    private static final long OLD = 1;
    private static final long NEW = 2;
    private static final double HALF = 0.5;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Backbone BACKBONE = new Backbone("id", "backbone", "backbones/id.onnx", 1L, 96, 8, 0L);

    private final RolloutSettings settings;
    private final Controller controller;
    private final Transitions transitions;
    private final Map<Long, ModelPublished> models = new TreeMap<>();
    private RolloutChanged rollout = RolloutChanged.newBuilder()
            .setGeneration(1)
            .setBackbone(BACKBONE)
            .setReason("start")
            .setChangedBy("simulation")
            .setChangedAt(START)
            .build();

    /**
     * How it ended.
     *
     * @param promotedAfter labels after which it was stable; empty if it never was
     * @param servedAfter labels after which it answered a share; empty if it never did
     * @param takenBack whether it was rejected or rolled back
     */
    record End(Optional<Integer> promotedAfter, Optional<Integer> servedAfter, boolean takenBack) {}

    SimulatedRollout(RolloutSettings settings) {
        this.settings = settings;
        controller = new Controller(settings);
        transitions = new Transitions(settings);
        for (long version : new long[] {OLD, NEW}) {
            record(transitions.arrival(situation(), version(version), controller, START));
        }
    }

    /**
     * Runs until the version is taken back, or the labels are used up: a version that was promoted is watched on.
     *
     * @param most labels
     * @param every labels between two looks
     */
    End run(Pair pair, Labels labels, int most, int every, SplittableRandom random) {
        List<Labels.Label> given = labels.first(most, random);
        List<Integer> outcomes = new ArrayList<>(most);
        given.forEach(label -> outcomes.add(pair.answer(random).outcome()));
        Path path = new Path(outcomes, settings.tolerance());
        Optional<Integer> served = Optional.empty();
        Optional<Integer> promoted = Optional.empty();
        List<Long> answeredTimes = new ArrayList<>();
        for (int i = 1; i <= most; i++) {
            answeredTimes.add(given.get(i - 1).answered());
            if (i % every != 0) {
                continue;
            }
            Instant now = START.plusMillis((long) (1000 * given.get(i - 1).given()));
            Decision decision = controller.decide(situation(), evidence(path, i, answeredTimes), now);
            if (decision instanceof Decision.Act act) {
                record(transitions
                        .apply(situation(), act.move(), "trainer", act.reason(), now)
                        .orElseThrow());
                ModelState state = models.get(NEW).getState();
                if (state == ModelState.REJECTED || state == ModelState.ROLLED_BACK) {
                    return new End(promoted, served, true);
                }
                served = served.isEmpty() && state != ModelState.SHADOW ? Optional.of(i) : served;
                promoted = promoted.isEmpty() && state == ModelState.STABLE ? Optional.of(i) : promoted;
            }
        }
        return new End(promoted, served, false);
    }

    private Evidence evidence(Path path, int labels, List<Long> answered) {
        PairedEvidence pair = path.at(labels);
        if (rollout.getTrial() == null) {
            return new Evidence(Optional.empty(), Optional.empty(), Optional.of(pair), 0);
        }
        long since = (rollout.getTrial().getSince().toEpochMilli() - START.toEpochMilli()) / 1000;
        int inStep = 0;
        // Enough to know whether it is the least that is needed.
        for (int i = labels - 1; i >= 0 && inStep < settings.minLabels(); i--) {
            inStep += answered.get(i) >= since ? 1 : 0;
        }
        return new Evidence(Optional.of(pair), Optional.empty(), Optional.empty(), inStep);
    }

    private Situation situation() {
        return new Situation(rollout, models);
    }

    private void record(Publication publication) {
        publication.models().forEach(model -> models.put(model.getVersion(), model));
        rollout = publication.rollout().orElse(rollout);
    }

    private static ModelPublished version(long number) {
        Artifact file = new Artifact("models/" + number, "hash", 1L);
        Quality quality = new Quality(0.75, 1.0);
        return ModelPublished.newBuilder()
                .setVersion(number)
                .setState(ModelState.STABLE)
                .setReason("It has passed.")
                .setGate(new GateVerdict(GateOutcome.PASSED, "It has passed."))
                .setModel(file)
                .setHead(file)
                .setBackbone(BACKBONE.getId())
                .setLabels(List.of("a", "b"))
                .setExamples(1)
                .setHoldoutExamples(1)
                .setMetrics(new ModelMetrics(quality, quality, 0.5, null))
                .setTrigger("simulation")
                .setExampleOffsets(Map.of())
                .setHyperparameters(Map.of())
                .setTrainedAt(START)
                .build();
    }

    /** The evidence after each label, by the functions that the controller's own evidence is made of. */
    private static final class Path {
        private final List<Double> notWorse;
        private final double[] mostWorse;
        private final int[] wins;
        private final int[] losses;

        Path(List<Integer> outcomes, double tolerance) {
            notWorse = NotWorseTest.wealth(outcomes, tolerance);
            List<Double> worse = FallTest.wealth(
                    outcomes.stream()
                            .filter(outcome -> outcome != 0)
                            .map(outcome -> outcome > 0)
                            .toList(),
                    HALF);
            mostWorse = new double[outcomes.size() + 1];
            wins = new int[outcomes.size() + 1];
            losses = new int[outcomes.size() + 1];
            mostWorse[0] = 1;
            for (int i = 1; i <= outcomes.size(); i++) {
                int outcome = outcomes.get(i - 1);
                wins[i] = wins[i - 1] + (outcome > 0 ? 1 : 0);
                losses[i] = losses[i - 1] + (outcome < 0 ? 1 : 0);
                mostWorse[i] = outcome == 0
                        ? mostWorse[i - 1]
                        : Math.max(mostWorse[i - 1], worse.get(wins[i] + losses[i] - 1));
            }
        }

        PairedEvidence at(int labels) {
            return new PairedEvidence(
                    NEW,
                    OLD,
                    labels,
                    wins[labels],
                    losses[labels],
                    notWorse.get(labels - 1),
                    1,
                    mostWorse[labels],
                    List.of());
        }
    }
}
