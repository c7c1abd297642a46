package io.headwater.benchmarks.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.benchmarks.machine.ProcessMemory;
import io.headwater.events.Backbone;
import io.headwater.events.ServedModel;
import io.headwater.inference.stream.Profile;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the service's memory grows with the number of generations that it has served. */
@Command(
        name = "swap-memory",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Applies generation after generation through Kafka: each brings a new head and keeps the others as"
                        + " shadows, every tenth another backbone, every twentieth one that is refused, with images in between."
                        + " Prints the resident memory of this process, which is the service, every hundred swaps after a collection"
                        + " of garbage. Give it a fixed heap: -Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC.")
public final class SwapMemory implements Callable<Integer> {
    private static final int BACKBONE_EVERY = 10;
    private static final int REFUSED_EVERY = 20;
    private static final int REPORT_EVERY = 100;

    @Option(names = "--swaps", defaultValue = "1000", description = "Generations (${DEFAULT-VALUE}).")
    private int swaps;

    @Option(names = "--classes", defaultValue = "20", description = "Of a head (${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--shadows", defaultValue = "3", description = "Beside the stable version (${DEFAULT-VALUE}).")
    private int shadows;

    @Option(names = "--images", defaultValue = "5", description = "Between two swaps (${DEFAULT-VALUE}).")
    private int images;

    private long sent;

    private SwapMemory() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        // Before anything logs.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(new CommandLine(new SwapMemory()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Engine.getEngine("OnnxRuntime");
        Conditions.ofThisMachine()
                .with("ONNX Runtime", OrtEnvironment.getEnvironment().getVersion())
                .with("swaps", swaps)
                .with("heads", "1 + " + shadows + " linear ones of " + classes + " classes")
                .with("images per swap", images)
                .with("largest heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB")
                .print(Output.OUT);
        List<BackboneFile> files = List.of(
                BackboneSource.openimages(160).acquire(),
                BackboneSource.openimages(224).acquire());
        Output.OUT.printf("%n%6s %14s %15s%n", "swaps", "resident MiB", "anonymous MiB");
        try (RunningPipeline pipeline = new RunningPipeline(Photographs.rendered(50), Profile.LATENCY, 1)) {
            List<Backbone> backbones = new ArrayList<>();
            for (BackboneFile file : files) {
                backbones.add(pipeline.backbone(file));
            }
            swap(pipeline, backbones, files.get(0).dimension());
        }
        return CommandLine.ExitCode.OK;
    }

    private void swap(RunningPipeline pipeline, List<Backbone> backbones, int dimension) throws IOException {
        List<ServedModel> heads = new ArrayList<>();
        for (int swap = 0; swap <= swaps; swap++) {
            Backbone backbone = backbones.get(swap / BACKBONE_EVERY % backbones.size());
            if (swap % REFUSED_EVERY == REFUSED_EVERY - 1) {
                ServedModel broken = pipeline.brokenHead(1_000_000L + swap, dimension, classes);
                pipeline.awaitRefused(pipeline.roll(backbone, broken, heads));
                pipeline.remove(broken);
            }
            heads.add(0, pipeline.head(swap + 1, dimension, classes));
            if (heads.size() > shadows + 1) {
                pipeline.remove(heads.remove(heads.size() - 1));
            }
            long generation = pipeline.roll(backbone, heads.get(0), heads.subList(1, heads.size()));
            for (int i = 0; i < images; i++) {
                pipeline.send(sent++);
            }
            pipeline.awaitApplied(generation);
            pipeline.awaitImages(sent);
            if (swap % REPORT_EVERY == 0) {
                System.gc();
                ProcessMemory memory = ProcessMemory.of(ProcessHandle.current().pid());
                Output.OUT.printf("%6d %14.1f %15.1f%n", swap, memory.resident(), memory.anonymous());
            }
        }
    }
}
