package io.headwater.benchmarks.inference;

import ai.djl.engine.Engine;
import io.headwater.benchmarks.broker.InferenceProcess;
import io.headwater.benchmarks.broker.Pinning;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.local.launch.Distribution;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The Open Inference Protocol over HTTP beside a bare ONNX Runtime loop on the same core. */
@Command(
        name = "synchronous-door",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts the packaged inference-service on one core and loads it with wrk from another: one image of"
                        + " binary pixels a request. Beside it, round by round, ONNX Runtime in a loop in this process on the"
                        + " service's core, with 1 and with 8 images a call. Needs wrk and a packaged service.")
public final class SynchronousDoor implements Callable<Integer> {
    private static final int[] CONCURRENCY = {1, 4, 16};
    private static final int BATCH = 8;

    @Option(names = "--size", split = ",", defaultValue = "160,224", description = "Input sizes (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "6", description = "Of each load (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "15", description = "Seconds of load before (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--pin", defaultValue = "0", description = "Core of the service and the loop (${DEFAULT-VALUE}).")
    private String core;

    @Option(names = "--pin-load", defaultValue = "1", description = "Core of wrk and the broker (${DEFAULT-VALUE}).")
    private String loadCore;

    @Option(
            names = "--script",
            defaultValue = "benchmarks/src/main/scripts/v2/infer.lua",
            description = "From the root of the project (${DEFAULT-VALUE}).")
    private Path script;

    private final PrintWriter out = Output.OUT;

    private SynchronousDoor() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SynchronousDoor()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Pinning.pinThisProcess(core);
        // DJL must be the first to make ONNX Runtime's environment.
        Engine.getEngine("OnnxRuntime");
        Conditions.ofThisMachine()
                .with("service and loop", "core " + core + ", one thread of ONNX Runtime")
                .with("wrk and broker", "core " + loadCore)
                .with("rounds", rounds + " of " + seconds + " s, medians, after " + warmUp + " s")
                .print(out);
        for (int size : sizes) {
            measure(BackboneSource.openimages(size).acquire());
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(BackboneFile backbone) throws Exception {
        int size = backbone.inputSize();
        Map<String, List<Row>> rows = new TreeMap<>();
        try (DoorSetting setting = new DoorSetting(backbone, Pinning.prefix(loadCore));
                InferenceProcess service =
                        new InferenceProcess(Pinning.prefix(core), InferenceProcess.OPTIONS, setting.settings());
                BatchLoop loop = new BatchLoop(backbone.bytes(), size)) {
            Wrk wrk =
                    new Wrk(Distribution.locate().root().resolve(script), Pinning.prefix(loadCore), service.address());
            wrk.run(4, warmUp, size);
            BatchLoop.Round speed = loop.run(400, 1);
            int images = (int) (speed.imagesPerSecond() * seconds);
            for (int round = 0; round < rounds; round++) {
                add(rows, "ONNX Runtime, 1 a call", loop.run(images, 1));
                add(rows, "ONNX Runtime, " + BATCH + " a call", loop.run(images, BATCH));
                for (int concurrency : CONCURRENCY) {
                    Wrk.Load load = wrk.run(concurrency, seconds, size);
                    add(rows, "door, concurrency " + String.format("%2d", concurrency), load);
                }
            }
        }
        double bare = median(rows.get("ONNX Runtime, 1 a call"), Row::imagesPerSecond);
        rows.forEach((name, all) -> out.printf(
                "%d px  %-24s %7.1f images/s  p99 %8.2f ms  %.3f of the loop%n",
                size,
                name,
                median(all, Row::imagesPerSecond),
                median(all, Row::p99),
                median(all, Row::imagesPerSecond) / bare));
    }

    private record Row(double imagesPerSecond, double p99) {}

    private static void add(Map<String, List<Row>> rows, String name, BatchLoop.Round round) {
        rows.computeIfAbsent(name, key -> new ArrayList<>()).add(new Row(round.imagesPerSecond(), round.p99()));
    }

    private static void add(Map<String, List<Row>> rows, String name, Wrk.Load load) {
        rows.computeIfAbsent(name, key -> new ArrayList<>()).add(new Row(load.imagesPerSecond(), load.p99()));
    }

    private static double median(List<Row> rows, ToDoubleFunction<Row> number) {
        double[] sorted = rows.stream().mapToDouble(number).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
