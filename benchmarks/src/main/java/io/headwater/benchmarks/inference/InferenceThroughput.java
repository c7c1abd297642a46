package io.headwater.benchmarks.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BundledBackbone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Bare ONNX Runtime beside the inference-service's own pipeline, in one run, round by round. */
@Command(
        name = "inference-throughput",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures, in interleaved rounds: ONNX Runtime over decoded pixels, decoding + ONNX Runtime, and"
                + " the inference-service's pipeline from a filled topic to committed predictions, against a real"
                + " broker in a process of its own. Prints medians, their ratio, and processor time per image.")
public final class InferenceThroughput implements Callable<Integer> {
    private static final String LINE = "%-28s %8.1f images/s   %6.2f ms CPU/image, of it %.2f in the broker%n";

    @Option(names = "--size", split = ",", defaultValue = "224,160", description = "Input sizes (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--threads", split = ",", defaultValue = "1,2", description = "Workers (${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Option(names = "--count", defaultValue = "2000", description = "Images per round (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "2", description = "Rounds that do not count (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--batch-size", defaultValue = "128", description = "Images per transaction (${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(names = "--images", description = "A directory of photographs; without it, 300 are rendered.")
    private Path images;

    private InferenceThroughput() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new InferenceThroughput()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        // DJL must be the first to make ONNX Runtime's environment.
        Engine engine = Engine.getEngine("OnnxRuntime");
        List<byte[]> jpegs = images == null ? Photographs.rendered(300) : Photographs.of(images, 300);
        BackboneFile backbone = BundledBackbone.named("openimages");
        System.out.printf(
                "cores %d, %s %s, ONNX Runtime %s (DJL %s), backbone %s, %d different pictures of %d bytes on average,"
                        + " %d images per round, %d rounds, %d images per transaction%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                OrtEnvironment.getEnvironment().getVersion(),
                engine.getVersion(),
                backbone.name(),
                jpegs.size(),
                (long) jpegs.stream().mapToInt(jpeg -> jpeg.length).average().orElse(0),
                count,
                rounds,
                batchSize);
        try (ThroughKafka kafka = new ThroughKafka(backbone, batchSize)) {
            kafka.fill(jpegs, count);
            for (int size : sizes) {
                for (int workers : threads) {
                    compare(kafka, backbone, jpegs, size, workers);
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void compare(ThroughKafka kafka, BackboneFile backbone, List<byte[]> jpegs, int size, int workers)
            throws Exception {
        List<Measured> pixels = new ArrayList<>();
        List<Measured> decoding = new ArrayList<>();
        List<Measured> streamed = new ArrayList<>();
        try (BareLoop bare = new BareLoop(backbone.bytes(), jpegs, size, workers)) {
            for (int round = -warmUp; round < rounds; round++) {
                Measured one = bare.overPixels(count);
                Measured two = bare.overJpegs(count);
                Measured three = kafka.run(count, size, workers);
                if (round >= 0) {
                    pixels.add(one);
                    decoding.add(two);
                    streamed.add(three);
                }
            }
        }
        Measured bare = Measured.median(pixels);
        Measured through = Measured.median(streamed);
        System.out.printf("%n%d px, %d thread%s%n", size, workers, workers == 1 ? "" : "s");
        print("ONNX Runtime over pixels", bare);
        print("decoding + ONNX Runtime", Measured.median(decoding));
        print("through Kafka", through);
        System.out.printf(
                "through Kafka / bare: %.3f of the images per second (CPU incl. broker: %.3f)%n",
                through.imagesPerSecond() / bare.imagesPerSecond(), bare.cpuMillis() / through.cpuMillis());
    }

    private static void print(String way, Measured measured) {
        System.out.printf(LINE, way, measured.imagesPerSecond(), measured.cpuMillis(), measured.brokerCpuMillis());
    }
}
