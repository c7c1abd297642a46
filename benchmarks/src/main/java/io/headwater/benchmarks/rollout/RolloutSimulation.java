package io.headwater.benchmarks.rollout;

import io.headwater.trainer.rollouts.RolloutSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How often the controller of rollouts errs, and how many labels it takes, by simulation. */
@Command(
        name = "rollout-simulation",
        mixinStandardHelpOptions = true,
        description =
                "Lets versions of known quality go through shadow and canary, with the default settings, many times:"
                        + " one image per second, labels of 5 to 100 %% of them, each late by a random time. One that is truly 2"
                        + " points worse must be promoted, and an equal one taken back, in 1 %% of all rollouts at most; one that is"
                        + " truly 3 points better must take a third of the labels at most that a canary of 10 %% takes without"
                        + " pairing, each until 80 %% are promoted; else the exit code is 1.")
public final class RolloutSimulation implements Callable<Integer> {
    private static final double WORSE = -0.02;
    private static final double BETTER = 0.03;
    private static final double MOST_ERRORS = 0.01;
    /** Labels are compared that it takes until this share is promoted. */
    private static final double POWER = 0.8;

    private static final List<Double> ACCURACIES = List.of(0.6, 0.75, 0.9);
    private static final List<Double> DISCORDANCES = List.of(0.05, 0.1, 0.2);
    private static final List<Double> SHARES = List.of(0.05, 0.25, 1.0);

    @Option(names = "--tries", defaultValue = "400", description = "Rollouts of each (default: ${DEFAULT-VALUE}).")
    private int tries;

    @Option(
            names = "--labels",
            defaultValue = "5000",
            description = "Labels after which a rollout ends (default: ${DEFAULT-VALUE}).")
    private int labels;

    @Option(
            names = "--every",
            defaultValue = "5",
            description = "Labels between two looks (default: ${DEFAULT-VALUE}).")
    private int every;

    @Option(
            names = "--delay",
            defaultValue = "600",
            description = "Mean time until a label comes, seconds (default: ${DEFAULT-VALUE}).")
    private double delay;

    @Option(names = "--seed", defaultValue = "42", description = "Of the random numbers (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec
    private CommandSpec spec;

    private final RolloutSettings settings = RolloutSettings.DEFAULT;

    private RolloutSimulation() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new RolloutSimulation()).execute(args));
    }

    /** What came of the rollouts of one kind of version. */
    private record Count(int promoted, int served, int takenBack, List<Integer> labels) {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%d rollouts of each, at most %d labels, a look every %d, mean delay %.0f s, seed %d%n%s%n%n",
                tries,
                labels,
                every,
                delay,
                seed,
                settings);
        out.printf(
                "%34s | %8s %6s %10s | %8s %10s | %8s %10s %8s %12s %8s %6s%n",
                "", "2 worse:", "", "", "equal:", "", "3 better:", "labels,", "80 %", "unpaired,", "fixed", "");
        out.printf(
                "%8s %12s %12s | %8s %6s %10s | %8s %10s | %9s %10s %8s %12s %8s %6s%n",
                "accuracy",
                "discordance",
                "labelled",
                "promoted",
                "served",
                "taken back",
                "promoted",
                "taken back",
                "promoted",
                "median",
                "of them",
                "sequential",
                "size",
                "ratio");
        boolean holds = true;
        int cells = 0;
        int promotedWorse = 0;
        int takenBackEqual = 0;
        for (double accuracy : ACCURACIES) {
            for (double discordance : DISCORDANCES) {
                Pair better = new Pair(accuracy, BETTER, discordance);
                if (!better.isPossible() || !new Pair(accuracy, WORSE, discordance).isPossible()) {
                    continue;
                }
                double sequential = unpaired(better);
                for (double share : SHARES) {
                    Count worse = count(new Pair(accuracy, WORSE, discordance), share);
                    Count equal = count(new Pair(accuracy, 0, discordance), share);
                    Count good = count(better, share);
                    double ratio = quantile(good.labels(), POWER)
                            / Math.min(sequential, UnpairedCanary.fixed(better, settings.tolerance()));
                    boolean fine =
                            isFew(worse.promoted(), tries) && isFew(equal.takenBack(), tries) && ratio <= 1.0 / 3;
                    holds &= fine;
                    cells++;
                    promotedWorse += worse.promoted();
                    takenBackEqual += equal.takenBack();
                    out.printf(
                            Locale.ROOT,
                            "%8.2f %12.2f %10.0f %% | %8d %6d %10d | %8d %10d | %9d %10.0f %8.0f %12.0f %8d %6.2f%s%n",
                            accuracy,
                            discordance,
                            100 * share,
                            worse.promoted(),
                            worse.served(),
                            worse.takenBack(),
                            equal.promoted(),
                            equal.takenBack(),
                            good.promoted(),
                            quantile(good.labels(), 0.5),
                            quantile(good.labels(), POWER),
                            sequential,
                            UnpairedCanary.fixed(better, settings.tolerance()),
                            ratio,
                            fine ? "" : "  <-- not what is asked for");
                    out.flush();
                }
            }
        }
        int of = cells * tries;
        holds &= promotedWorse <= MOST_ERRORS * of && takenBackEqual <= MOST_ERRORS * of;
        out.printf(
                Locale.ROOT,
                "%nOf %d rollouts of each kind: %.2f %% of those 2 points worse were promoted, %.2f %% of the equal ones taken"
                        + " back. %s%n",
                of,
                100.0 * promotedWorse / of,
                100.0 * takenBackEqual / of,
                holds ? "All as is asked for." : "Not all as is asked for.");
        out.flush();
        return holds ? CommandLine.ExitCode.OK : 1;
    }

    /** Whether no more than 1 % need be behind it: of that, more come by chance in one line of a thousand. */
    private static boolean isFew(int errors, int of) {
        double expected = MOST_ERRORS * of;
        return errors <= expected + 3.1 * Math.sqrt(expected * (1 - MOST_ERRORS)) + 0.5;
    }

    private Count count(Pair pair, double share) {
        SplittableRandom random =
                new SplittableRandom(seed + Objects.hash(pair.accuracy(), pair.better(), pair.discordance(), share));
        Labels stream = new Labels(share, delay);
        List<SimulatedRollout.End> ends = IntStream.range(0, tries)
                .mapToObj(i -> new SimulatedRollout(settings).run(pair, stream, labels, every, random.split()))
                .toList();
        return new Count(
                (int) ends.stream()
                        .filter(end -> end.promotedAfter().isPresent())
                        .count(),
                (int) ends.stream().filter(end -> end.servedAfter().isPresent()).count(),
                (int) ends.stream().filter(SimulatedRollout.End::takenBack).count(),
                ends.stream()
                        .map(end -> end.promotedAfter().orElse(Integer.MAX_VALUE))
                        .sorted()
                        .toList());
    }

    private double unpaired(Pair pair) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> taken = IntStream.range(0, tries)
                .mapToObj(i -> UnpairedCanary.sequential(
                        pair, settings.tolerance(), settings.level(), 20 * labels, random.split()))
                .map(needed -> needed.orElse(Integer.MAX_VALUE))
                .sorted()
                .toList();
        return quantile(taken, POWER);
    }

    private static double quantile(List<Integer> sorted, double share) {
        int value = sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
        return value == Integer.MAX_VALUE ? Double.POSITIVE_INFINITY : value;
    }
}
