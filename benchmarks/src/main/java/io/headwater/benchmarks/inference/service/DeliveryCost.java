package io.headwater.benchmarks.inference.service;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What exactly once costs. */
@Command(
        name = "delivery-cost",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts a broker and the packaged inference-service twice, with transactions and without, and compares"
                        + " their throughput from a full topic in interleaved rounds. The exit code is 1 where exactly once has"
                        + " less than the limit of at least once.")
public final class DeliveryCost implements Callable<Integer> {
    private static final String KEY = "headwater.inference.delivery";

    @Option(names = "--size", split = ",", defaultValue = "224,160", description = "Input sizes (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--count", defaultValue = "3000", description = "Images per round (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "2", description = "Rounds that do not count (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--limit", defaultValue = "0.95", description = "Smallest allowed ratio (${DEFAULT-VALUE}).")
    private double limit;

    @Mixin
    private RigOptions rig;

    @Mixin
    private CopyOptions copy;

    @Spec
    private CommandSpec spec;

    private DeliveryCost() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        Logs.quieten();
        System.exit(new CommandLine(new DeliveryCost()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        rig.pin();
        List<byte[]> pictures = rig.pictures();
        copy.addTo(rig.conditions(pictures))
                .with("rounds", rounds + " of " + count + " images, after " + warmUp)
                .print(out);
        SideBySide.printHeader(out);
        boolean good = true;
        for (int size : sizes) {
            try (Ways ways = new Ways(rig, pictures, copy.partitions(), size, SideBySide.GATHER)) {
                for (String delivery : List.of("at-least-once", "exactly-once")) {
                    ways.add(delivery, List.of(copy.instance(rig, Map.of(KEY, delivery))));
                }
                good &= new SideBySide(out, size, ways.all()).run(count, rounds, warmUp) >= limit;
            }
        }
        return good ? CommandLine.ExitCode.OK : 1;
    }
}
