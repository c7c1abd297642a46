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

/** Whether two copies of the service do as much as one with the cores of both. */
@Command(
        name = "two-instances",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts a broker, one inference-service with two workers, and two with one worker each, all as packaged"
                        + " and on the same two cores, with a partition for each worker, and compares their throughput from a full"
                        + " topic in interleaved rounds. Broker and reader are on all cores with both. The exit code is 1 where two"
                        + " copies have less than the limit of one.")
public final class TwoInstances implements Callable<Integer> {
    private static final String THREADS = "headwater.inference.threads";

    @Option(names = "--size", split = ",", defaultValue = "224,160", description = "Input sizes (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--of-cores", split = ",", defaultValue = "0,1", description = "The two cores (${DEFAULT-VALUE}).")
    private List<Integer> cores;

    @Option(
            names = "--apart",
            description =
                    "Keep each of the two copies on a core of its own. The broker takes more of one core than of the"
                            + " other, and a copy that is kept there is done later than the other one.")
    private boolean apart;

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

    @Spec
    private CommandSpec spec;

    private TwoInstances() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        Logs.quieten();
        System.exit(new CommandLine(new TwoInstances()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (cores.size() != 2) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--of-cores needs two cores, such as 0,1");
        }
        PrintWriter out = spec.commandLine().getOut();
        rig.pin();
        List<byte[]> pictures = rig.pictures();
        rig.conditions(pictures)
                .with("partitions", cores.size())
                .with("one", "2 workers, cores " + cores)
                .with("two", "1 worker and a partition each, " + (apart ? "a core of " : "cores ") + cores)
                .with("rounds", rounds + " of " + count + " images, after " + warmUp)
                .print(out);
        SideBySide.printHeader(out);
        boolean good = true;
        for (int size : sizes) {
            try (Ways ways = new Ways(rig, pictures, cores.size(), size, SideBySide.GATHER)) {
                String both = cores.get(0) + "," + cores.get(1);
                ways.add("one", List.of(instance(both, 2)));
                ways.add(
                        "two",
                        cores.stream()
                                .map(core -> instance(apart ? core.toString() : both, 1))
                                .toList());
                good &= new SideBySide(out, size, ways.all()).run(count, rounds, warmUp) >= limit;
            }
        }
        return good ? CommandLine.ExitCode.OK : 1;
    }

    private Instance instance(String where, int threads) {
        return rig.instance(where, Map.of(THREADS, Integer.toString(threads)));
    }
}
