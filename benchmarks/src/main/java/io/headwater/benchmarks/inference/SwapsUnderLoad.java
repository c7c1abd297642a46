package io.headwater.benchmarks.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.events.Backbone;
import io.headwater.events.ServedModel;
import io.headwater.inference.stream.Profile;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a swap can be felt: the latency of images while generations come and go, beside that while nothing changes. */
@Command(
        name = "swaps-under-load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Sends images at a fixed rate and measures the time from sending one until a read-committed reader has"
                        + " its prediction, in quiet phases and in phases with swaps in turn. Each swap brings a new stable version"
                        + " and keeps the ones before as shadows. At the end every image must have exactly one prediction.")
public final class SwapsUnderLoad implements Callable<Integer> {
    @Option(names = "--size", defaultValue = "224", description = "Input size (${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--threads", defaultValue = "1", description = "Workers (${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--profile", defaultValue = "LATENCY", description = "Of the pipeline (${DEFAULT-VALUE}).")
    private Profile profile;

    @Option(names = "--load", defaultValue = "0.5", description = "Part of the fastest rate (${DEFAULT-VALUE}).")
    private double load;

    @Option(
            names = "--phases",
            defaultValue = "10",
            description = "With swaps, and as many without (${DEFAULT-VALUE}).")
    private int phases;

    @Option(names = "--swaps", defaultValue = "10", description = "In a phase (${DEFAULT-VALUE}).")
    private int swaps;

    @Option(names = "--seconds", defaultValue = "6", description = "Of a phase (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "2000", description = "Images before (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--classes", defaultValue = "5", description = "Of a head (${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--shadows", defaultValue = "3", description = "Beside the stable version (${DEFAULT-VALUE}).")
    private int shadows;

    private final List<ServedModel> heads = new ArrayList<>();
    private long version;
    private int sent;

    private SwapsUnderLoad() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        // Before anything logs.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(new CommandLine(new SwapsUnderLoad()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Engine.getEngine("OnnxRuntime");
        BackboneFile file = BackboneSource.openimages(size).acquire();
        try (RunningPipeline pipeline = new RunningPipeline(Photographs.rendered(300), profile, threads)) {
            Backbone backbone = pipeline.backbone(file);
            pipeline.awaitApplied(next(pipeline, backbone));
            double fastest = fastest(pipeline);
            double rate = fastest * load;
            int perPhase = (int) (rate * seconds);
            Conditions.ofThisMachine()
                    .with("ONNX Runtime", OrtEnvironment.getEnvironment().getVersion())
                    .with("backbone", size + " px")
                    .with("heads", "1 + " + shadows + " linear ones of " + classes + " classes")
                    .with("workers", threads + ", profile " + profile)
                    .with("rate", "%.0f images/s, %.2f of the fastest, %.0f".formatted(rate, load, fastest))
                    .with("phases", "2 x " + phases + " of " + seconds + " s, " + swaps + " swaps in every second one")
                    .print(Output.OUT);
            try (LatencyReader reader = new LatencyReader(pipeline, sent, sent + 2 * (phases + 1) * perPhase)) {
                // One of each that does not count
                phase(pipeline, backbone, reader, rate, perPhase, 0);
                phase(pipeline, backbone, reader, rate, perPhase, swaps);
                List<double[]> quiet = new ArrayList<>();
                List<double[]> swapping = new ArrayList<>();
                for (int i = 0; i < phases; i++) {
                    quiet.add(phase(pipeline, backbone, reader, rate, perPhase, 0));
                    swapping.add(phase(pipeline, backbone, reader, rate, perPhase, swaps));
                }
                print(quiet, swapping, pipeline, reader);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private double fastest(RunningPipeline pipeline) {
        int half = warmUp / 2;
        for (int i = 0; i < warmUp; i++) {
            pipeline.send(sent++);
        }
        pipeline.awaitImages(half);
        long start = System.nanoTime();
        pipeline.awaitImages(warmUp);
        return (warmUp - half) * 1e9 / (System.nanoTime() - start);
    }

    /** Sends at the rate; returns the latencies, milliseconds. */
    private double[] phase(
            RunningPipeline pipeline, Backbone backbone, LatencyReader reader, double rate, int count, int swapCount)
            throws IOException {
        int first = sent;
        long start = System.nanoTime();
        long generation = 0;
        for (int i = 0; i < count; i++) {
            long due = start + (long) (i * 1e9 / rate);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            // Spread over the phase
            if (swapCount > 0 && i % (count / swapCount) == count / swapCount / 2) {
                generation = next(pipeline, backbone);
            }
            reader.sent(sent, System.nanoTime());
            pipeline.send(sent++);
        }
        RunningPipeline.await(() -> reader.seen() >= sent - reader.first());
        if (generation > 0) {
            pipeline.awaitApplied(generation);
        }
        return reader.millis(first, sent);
    }

    private long next(RunningPipeline pipeline, Backbone backbone) throws IOException {
        heads.add(0, pipeline.head(++version, backbone.getDimension(), classes));
        if (heads.size() > shadows + 1) {
            heads.remove(heads.size() - 1);
        }
        return pipeline.roll(backbone, heads.get(0), heads.subList(1, heads.size()));
    }

    private void print(List<double[]> quiet, List<double[]> swapping, RunningPipeline pipeline, LatencyReader reader) {
        Output.OUT.printf("%n%-10s %8s %8s %8s %8s%n", "", "images", "p50 ms", "p99 ms", "max ms");
        double[] calm = all(quiet);
        double[] busy = all(swapping);
        print("quiet", calm);
        print("swapping", busy);
        Output.OUT.printf(
                "p99 swapping / quiet %.3f; median of the phases' own p99 %.1f and %.1f ms, ratio %.3f%n",
                at(busy, 0.99) / at(calm, 0.99),
                medianOf(quiet),
                medianOf(swapping),
                medianOf(swapping) / medianOf(quiet));
        Output.OUT.printf(
                "generation %d, images %d, predictions %d, of them twice %d, without an answer %d, versions that answered %d%n",
                pipeline.runtime().rollout().generation().orElse(0L),
                sent - reader.first(),
                reader.seen(),
                reader.repeated(),
                reader.unanswered(),
                reader.versions());
    }

    private static void print(String name, double[] sorted) {
        Output.OUT.printf(
                "%-10s %8d %8.2f %8.2f %8.2f%n",
                name, sorted.length, at(sorted, 0.5), at(sorted, 0.99), sorted[sorted.length - 1]);
    }

    private static double medianOf(List<double[]> phases) {
        double[] each = phases.stream()
                .map(double[]::clone)
                .peek(Arrays::sort)
                .mapToDouble(phase -> at(phase, 0.99))
                .sorted()
                .toArray();
        return at(each, 0.5);
    }

    private static double[] all(List<double[]> phases) {
        return phases.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * sorted.length))];
    }
}
