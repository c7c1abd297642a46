package io.headwater.benchmarks.gate;

import io.headwater.events.GateOutcome;
import io.headwater.events.Quality;
import io.headwater.trainer.evaluation.Comparison;
import io.headwater.trainer.evaluation.Gate;
import io.headwater.trainer.evaluation.MeanDifference;
import io.headwater.trainer.evaluation.Tally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Two versions whose true qualities are known, at the gate.
 *
 * @param holdout held-out examples
 * @param accuracy true accuracy of the version that is served
 * @param better true accuracy of the new version less that; below zero it is worse
 * @param discordance share of pictures on which only one of the two is right
 * @param classes classes, equally common
 * @param logLoss what the log loss says
 */
record Trial(int holdout, double accuracy, double better, double discordance, int classes, LogLoss logLoss) {

    /** What the log loss of the new version is like. */
    enum LogLoss {
        /** It follows the answers: whoever is right was surer of the truth. */
        HONEST,
        /** It is much lower, whatever the answers: the worst that can happen to a gate that believes it. */
        FLATTERING
    }

    /** Whether such versions can exist: no answer is right, or wrong, with a probability outside 0 to 1. */
    boolean isPossible() {
        return wins() >= 0 && losses() >= 0 && wins() <= 1 - accuracy && losses() <= accuracy;
    }

    /** For a seed of its own; the same in every run, which the hash code of an enum is not. */
    int number() {
        return Objects.hash(holdout, accuracy, better, discordance, classes, logLoss.ordinal());
    }

    /** How often each verdict is given. */
    Map<GateOutcome, Integer> run(Gate gate, int tries, long seed) {
        Map<GateOutcome, Integer> outcomes = new EnumMap<>(GateOutcome.class);
        for (GateOutcome outcome : GateOutcome.values()) {
            outcomes.put(outcome, 0);
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < tries; i++) {
            outcomes.merge(gate.against(comparison(random)).getOutcome(), 1, Integer::sum);
        }
        return outcomes;
    }

    private double wins() {
        return (discordance + better) / 2;
    }

    private double losses() {
        return (discordance - better) / 2;
    }

    private Comparison comparison(SplittableRandom random) {
        boolean[] right = new boolean[holdout];
        boolean[] servingRight = new boolean[holdout];
        double[] losses = new double[holdout];
        double[] servingLosses = new double[holdout];
        List<List<Integer>> members = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            members.add(new ArrayList<>());
        }
        for (int i = 0; i < holdout; i++) {
            double draw = random.nextDouble();
            boolean win = draw < wins();
            boolean loss = !win && draw < wins() + losses();
            boolean bothRight = !win && !loss && draw < wins() + accuracy;
            right[i] = win || bothRight;
            servingRight[i] = loss || bothRight;
            // How hard the picture is moves both.
            double ease = random.nextDouble();
            servingLosses[i] = loss(servingRight[i], ease, random);
            losses[i] = logLoss == LogLoss.HONEST ? loss(right[i], ease, random) : servingLosses[i] / 2;
            members.get(random.nextInt(classes)).add(i);
        }
        Map<String, Tally> tallies = new TreeMap<>();
        for (int c = 0; c < classes; c++) {
            List<Integer> own = members.get(c);
            boolean[] first = new boolean[own.size()];
            boolean[] second = new boolean[own.size()];
            for (int i = 0; i < first.length; i++) {
                first[i] = right[own.get(i)];
                second[i] = servingRight[own.get(i)];
            }
            tallies.put("class " + c, Tally.of(first, second));
        }
        return new Comparison(
                1,
                new Quality(accuracy, 1.0),
                Tally.of(right, servingRight),
                tallies,
                MeanDifference.of(losses, servingLosses),
                List.of());
    }

    /** Of a right answer the truth has more than half of the probability, of a wrong one less. */
    private static double loss(boolean right, double ease, SplittableRandom random) {
        double sure = (ease + random.nextDouble()) / 2;
        return -Math.log(right ? 0.5 + 0.49 * sure : 0.01 + 0.49 * sure);
    }
}
