package io.headwater.benchmarks.gate;

import io.headwater.benchmarks.gate.Trial.LogLoss;
import io.headwater.events.GateOutcome;
import io.headwater.trainer.evaluation.Gate;
import io.headwater.trainer.evaluation.GateSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How often the gate errs, by simulation. */
@Command(
        name = "gate-simulation",
        mixinStandardHelpOptions = true,
        description = "Lets versions of known quality pass the gate, with its default settings, many times. With 1,000"
                + " held-out examples one that is truly 3 points worse must pass in under 1 % of the tries, one that is truly 3"
                + " points better in over 80 %; else the exit code is 1.")
public final class GateSimulation implements Callable<Integer> {
    static final double POINTS = 0.03;
    static final List<Double> ACCURACIES = List.of(0.6, 0.75, 0.9);
    static final List<Double> DISCORDANCES = List.of(0.08, 0.12, 0.16, 0.2, 0.25);

    private static final int JUDGED = 1_000;
    private static final List<Integer> HOLDOUTS = List.of(20, 50, 100, 200, 400, JUDGED, 4_000);
    private static final List<Integer> CLASSES = List.of(2, 10, 50);
    private static final List<Double> DIFFERENCES = List.of(-0.1, -POINTS, -0.01, 0.0, 0.01, POINTS, 0.1, 0.2);

    @Option(names = "--tries", defaultValue = "1000", description = "Tries of each (default: ${DEFAULT-VALUE}).")
    private int tries;

    @Option(names = "--seed", defaultValue = "42", description = "Of the random numbers (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec
    private CommandSpec spec;

    private final Gate gate = new Gate(GateSettings.DEFAULT);

    private GateSimulation() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new GateSimulation()).execute(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d tries of each, seed %d, %s%n", tries, seed, GateSettings.DEFAULT);
        boolean holds = judged(out);
        sweep(out);
        out.flush();
        return holds ? CommandLine.ExitCode.OK : 1;
    }

    private boolean judged(PrintWriter out) {
        out.printf(
                "%n%d held-out examples: passed of %d. 'flattered': its log loss is much lower, whatever its answers%n%n",
                JUDGED, tries);
        out.printf(
                "%8s %12s %8s %16s %22s %16s%n",
                "accuracy", "discordance", "classes", "3 points worse", "the same, flattered", "3 points better");
        boolean holds = true;
        for (double accuracy : ACCURACIES) {
            for (double discordance : DISCORDANCES) {
                for (int classes : CLASSES) {
                    Trial worse = new Trial(JUDGED, accuracy, -POINTS, discordance, classes, LogLoss.HONEST);
                    Trial flattered = new Trial(JUDGED, accuracy, -POINTS, discordance, classes, LogLoss.FLATTERING);
                    Trial better = new Trial(JUDGED, accuracy, POINTS, discordance, classes, LogLoss.HONEST);
                    if (!worse.isPossible() || !better.isPossible()) {
                        continue;
                    }
                    int passedWorse = passed(worse);
                    int passedFlattered = passed(flattered);
                    int passedBetter = passed(better);
                    boolean good =
                            passedWorse < 0.01 * tries && passedFlattered < 0.01 * tries && passedBetter > 0.8 * tries;
                    holds &= good;
                    out.printf(
                            Locale.ROOT,
                            "%8.2f %12.2f %8d %16d %22d %16d%s%n",
                            accuracy,
                            discordance,
                            classes,
                            passedWorse,
                            passedFlattered,
                            passedBetter,
                            good ? "" : "  <-- not what is asked for");
                }
            }
        }
        return holds;
    }

    private void sweep(PrintWriter out) {
        out.printf(
                "%nAccuracy 0.75, discordance as said (or the least that is possible), 10 classes:"
                        + " passed / inconclusive / rejected, %% of the tries%n%n%8s %12s",
                "holdout", "discordance");
        DIFFERENCES.forEach(difference -> out.printf(Locale.ROOT, " %15s", "%+.0f points".formatted(100 * difference)));
        out.println();
        for (int holdout : HOLDOUTS) {
            for (double discordance : List.of(0.05, 0.1, 0.2)) {
                out.printf(Locale.ROOT, "%8d %12.2f", holdout, discordance);
                for (double difference : DIFFERENCES) {
                    Trial trial = new Trial(
                            holdout,
                            0.75,
                            difference,
                            Math.max(discordance, Math.abs(difference) + 0.02),
                            10,
                            LogLoss.HONEST);
                    Map<GateOutcome, Integer> outcomes = trial.run(gate, tries, seed);
                    out.printf(
                            " %15s",
                            String.format(
                                    Locale.ROOT,
                                    "%.0f/%.0f/%.0f",
                                    percent(outcomes.get(GateOutcome.PASSED)),
                                    percent(outcomes.get(GateOutcome.INCONCLUSIVE)),
                                    percent(outcomes.get(GateOutcome.REJECTED))));
                }
                out.println();
            }
        }
    }

    private int passed(Trial trial) {
        return trial.run(gate, tries, seed + trial.number()).get(GateOutcome.PASSED);
    }

    private double percent(int count) {
        return 100.0 * count / tries;
    }
}
