package io.headwater.benchmarks.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.headwater.benchmarks.broker.Pinning;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.events.Backbone;
import io.headwater.events.ServedModel;
import io.headwater.inference.stream.Profile;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What shadows cost the pipeline: scoring them, and writing what they would have said. */
@Command(
        name = "shadows-cost",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Classifies images through Kafka with a stable version and with 0, 1 and 10 shadows beside it, in"
                + " short slices that take turns, against a real broker in a process of its own. Prints medians of images per second"
                + " and of processor time per image, and their ratios to those without shadows.")
public final class ShadowsCost implements Callable<Integer> {
    @Option(names = "--size", split = ",", defaultValue = "160,224", description = "Input sizes (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--shadows", split = ",", defaultValue = "0,1,10", description = "Compared (${DEFAULT-VALUE}).")
    private List<Integer> shadows;

    @Option(names = "--classes", defaultValue = "5", description = "Of each head (${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--threads", defaultValue = "1", description = "Workers (${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--count", defaultValue = "200", description = "Images per slice (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--rounds", defaultValue = "31", description = "Rounds, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "20", description = "Rounds that do not count (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--cores", description = "This process stays on these cores (taskset), such as 0.")
    private String cores;

    @Option(names = "--broker-cores", description = "The broker stays on these cores.")
    private String brokerCores;

    private ShadowsCost() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        // Before anything logs.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(new CommandLine(new ShadowsCost()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (cores != null) {
            Pinning.pinThisProcess(cores);
        }
        Engine.getEngine("OnnxRuntime");
        Conditions.ofThisMachine()
                .with("ONNX Runtime", OrtEnvironment.getEnvironment().getVersion())
                .with("heads", "linear, " + classes + " classes each")
                .with("workers", threads + " on cores " + (cores == null ? "as they come" : cores))
                .with("rounds", rounds + " of " + count + " images, after " + warmUp)
                .print(Output.OUT);
        Output.OUT.printf("%n%4s %8s %10s %-24s %10s %-24s%n", "px", "shadows", "images/s", "ratio", "CPU ms", "ratio");
        try (Slices slices = new Slices(
                Photographs.rendered(300),
                Profile.THROUGHPUT,
                threads,
                brokerCores == null ? List.of() : Pinning.prefix(brokerCores))) {
            for (int size : sizes) {
                print(size, compare(slices, BackboneSource.openimages(size).acquire()));
            }
        }
        Output.OUT.println(
                "medians; ratios to the first line of a size, round by round: median (quartiles); CPU: processor time per image,"
                        + " the broker's included");
        return CommandLine.ExitCode.OK;
    }

    private Map<Integer, List<Measured>> compare(Slices slices, BackboneFile file) throws Exception {
        RunningPipeline pipeline = slices.pipeline();
        Backbone backbone = pipeline.backbone(file);
        int most = shadows.stream().mapToInt(Integer::intValue).max().orElseThrow();
        List<ServedModel> heads = new ArrayList<>();
        for (long version = 1; version <= most + 1; version++) {
            heads.add(pipeline.head(version, file.dimension(), classes));
        }
        Map<Integer, List<Measured>> measured = new LinkedHashMap<>();
        List<Integer> order = new ArrayList<>(shadows);
        order.forEach(number -> measured.put(number, new ArrayList<>()));
        for (int round = -warmUp; round < rounds; round++) {
            for (int number : order) {
                slices.fill(slices.ahead() + count);
                pipeline.awaitApplied(pipeline.roll(backbone, heads.get(0), heads.subList(1, number + 1)));
                // These were taken before.
                slices.skip(slices.ahead());
                Measured one = slices.slice(count);
                if (round >= 0) {
                    measured.get(number).add(one);
                }
            }
            // Who comes first may be better or worse off.
            Collections.reverse(order);
        }
        return measured;
    }

    private void print(int size, Map<Integer, List<Measured>> measured) {
        List<Measured> without = measured.get(shadows.get(0));
        measured.forEach((number, all) -> {
            Measured median = Measured.median(all);
            Output.OUT.printf(
                    "%4d %8d %10.1f %-24s %10.3f %-24s%n",
                    size,
                    number,
                    median.imagesPerSecond(),
                    Measured.speed(all, without),
                    median.cpuMillis(),
                    Measured.effort(all, without));
        });
    }
}
