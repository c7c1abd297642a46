package io.headwater.benchmarks.inference;

import ai.onnxruntime.OrtEnvironment;
import io.headwater.benchmarks.broker.Pinning;
import io.headwater.benchmarks.inference.Rows.Way;
import io.headwater.benchmarks.machine.Output;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Engine;
import io.headwater.inference.stream.Profile;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Bare ONNX Runtime beside the inference-service's own pipeline, in one run, round by round. */
@Command(
        name = "inference-throughput",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures, in short slices that take turns: ONNX Runtime over decoded pixels, decoding + ONNX Runtime, and"
                        + " the inference-service's pipeline from a filled topic to committed predictions (also with pixels"
                        + " decoded beforehand), against a real broker in a process of its own. Prints medians, the medians and"
                        + " quartiles of each slice's part of the bare one beside it, and processor time per image.")
public final class InferenceThroughput implements Callable<Integer> {
    private static final int WARM_UP_SIZE = 32;
    private static final int WARM_UP_ROUNDS = 10;

    @Option(names = "--size", split = ",", defaultValue = "224,160", description = "Input sizes (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--threads", split = ",", defaultValue = "1,2", description = "Workers (${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Option(names = "--count", defaultValue = "100", description = "Images per slice (${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--rounds",
            defaultValue = "41",
            description = "Slices of each way, in turns, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "20000",
            description =
                    "Images that go every way before, with the same network at 32 px, which is quick: the compiler needs"
                            + " so many calls (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--profile", defaultValue = "THROUGHPUT", description = "Of the pipeline (${DEFAULT-VALUE}).")
    private Profile profile;

    @Option(names = "--images", description = "A directory of photographs; without it, 300 are rendered.")
    private Path images;

    @Option(
            names = "--pin",
            paramLabel = "CORES",
            description = "Keep this process, whatever it measures, on these cores (0), as taskset writes them.")
    private Optional<String> pin = Optional.empty();

    @Option(
            names = "--pin-broker",
            paramLabel = "CORES",
            description = "Keep the broker, a process of its own, on these cores (1).")
    private Optional<String> pinBroker = Optional.empty();

    private InferenceThroughput() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        // Before anything logs.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        // As the service has it: what Kafka's clients trace is not even formatted.
        Logger kafka = Logger.getLogger("org.apache.kafka");
        kafka.setLevel(Level.WARNING);
        System.exit(new CommandLine(new InferenceThroughput()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (pin.isPresent()) {
            Pinning.pinThisProcess(pin.get());
        }
        // DJL must be the first to make ONNX Runtime's environment.
        var engine = ai.djl.engine.Engine.getEngine("OnnxRuntime");
        List<byte[]> jpegs = images == null ? Photographs.rendered(300) : Photographs.of(images, 300);
        Output.OUT.printf(
                "cores %d, %s %s, ONNX Runtime %s (DJL %s), %d different pictures of %d bytes on average,"
                        + " %d images per slice, %d slices of each way, profile %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                OrtEnvironment.getEnvironment().getVersion(),
                engine.getVersion(),
                jpegs.size(),
                (long) jpegs.stream().mapToInt(jpeg -> jpeg.length).average().orElse(0),
                count,
                rounds,
                profile.name().toLowerCase(Locale.ROOT));
        Output.OUT.printf(
                "this process on %s, the broker on %s%n",
                pin.map(cores -> "cores " + cores).orElse("all cores"),
                pinBroker.map(cores -> "cores " + cores).orElse("all cores"));
        List<Rows> table = new ArrayList<>();
        for (int workers : threads) {
            try (Slices slices = new Slices(
                    jpegs, profile, workers, pinBroker.map(Pinning::prefix).orElse(List.of()))) {
                // What does not count.
                compare(slices, jpegs, WARM_UP_SIZE, workers, WARM_UP_ROUNDS, warmUp / WARM_UP_ROUNDS);
                for (int size : sizes) {
                    table.add(compare(slices, jpegs, size, workers, rounds, count));
                }
            }
        }
        Rows.printHeader();
        table.forEach(Rows::print);
        Output.OUT.println(
                "medians; CPU ms: processor time per image, the broker's included; / bare: images per second as"
                        + " a part of ONNX Runtime's; / dec.+: of decoding + ONNX Runtime's; both of slices that followed each"
                        + " other: median (quartiles)");
        return CommandLine.ExitCode.OK;
    }

    private Rows compare(Slices slices, List<byte[]> jpegs, int size, int workers, int times, int images)
            throws Exception {
        BackboneFile file = BackboneSource.openimages(size).acquire();
        DecodedPhotographs decoded = new DecodedPhotographs(jpegs, size);
        Rows rows = new Rows(size, workers);
        slices.fill(0);
        slices.pipeline().awaitApplied(slices.pipeline().roll(slices.pipeline().backbone(file), null, List.of()));
        // Those that are under way were taken for the backbone before, and those after them have its size.
        slices.decode();
        slices.fill(slices.ahead());
        slices.skip(slices.ahead());
        try (BareLoop bare = new BareLoop(file.bytes(), jpegs, decoded, size, workers);
                Backbone backbone = Backbone.load(file.id(), file.bytes(), size, file.dimension(), Engine.cpu(1))) {
            List<Way> order = new ArrayList<>(List.of(Way.BARE, Way.DJL, Way.KAFKA_PIXELS, Way.DECODING, Way.KAFKA));
            if (workers > 1) {
                order.add(1, Way.OWN_SESSIONS);
            }
            for (int round = 1; round <= times; round++) {
                slices.fill(2 * images);
                for (Way way : order) {
                    rows.add(
                            way,
                            switch (way) {
                                case BARE -> bare.overPixels(images);
                                case OWN_SESSIONS -> bare.overPixelsWithOwnSessions(images);
                                case DJL -> bare.throughDjl(backbone, images);
                                case DECODING -> bare.overJpegs(images);
                                case KAFKA_PIXELS -> {
                                    slices.lookUp(decoded);
                                    yield slices.slice(images);
                                }
                                case KAFKA -> {
                                    slices.decode();
                                    yield slices.slice(images);
                                }
                            });
                }
                // Who comes first may be better or worse off.
                Collections.reverse(order);
                Output.OUT.printf("%d px, threads %d: round %d of %d%n", size, workers, round, times);
            }
        }
        Output.OUT.printf("per image, through Kafka, both ways:%n%s", slices.costs());
        return rows;
    }
}
