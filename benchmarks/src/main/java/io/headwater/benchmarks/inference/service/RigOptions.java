package io.headwater.benchmarks.inference.service;

import io.headwater.benchmarks.broker.BrokerProcess;
import io.headwater.benchmarks.broker.InferenceProcess;
import io.headwater.benchmarks.broker.Pinning;
import io.headwater.benchmarks.inference.Photographs;
import io.headwater.benchmarks.machine.Conditions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What all programs that run the packaged service take, and what they make of it. */
final class RigOptions {
    private static final int PICTURES = 300;

    @Option(names = "--classes", defaultValue = "10", description = "Classes of the head (${DEFAULT-VALUE}).")
    private int classes;

    @Option(
            names = "--other-cores",
            defaultValue = "",
            paramLabel = "CORES",
            description = "Keep the broker and this program, which loads and reads, on these cores (1).")
    private String otherCores;

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "Options of the service's JVM; by default those of ./headwater up.")
    private List<String> jvm = InferenceProcess.OPTIONS;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Further configuration of the service, the same in all that is compared.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--warm-up-images",
            defaultValue = "20000",
            paramLabel = "COUNT",
            description = "Images that each copy classifies before, with the same network at 32 px, which is quick: the"
                    + " compiler needs many (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--images", description = "A directory of photographs; without it, 300 are rendered.")
    private Path images;

    /** Moves this program to where it belongs. */
    void pin() throws IOException, InterruptedException {
        if (!otherCores.isEmpty()) {
            Pinning.pinThisProcess(otherCores);
        }
    }

    List<byte[]> pictures() throws IOException {
        return images == null ? Photographs.rendered(PICTURES) : Photographs.of(images, PICTURES);
    }

    int warmUp() {
        return warmUp;
    }

    List<String> jvm() {
        return jvm;
    }

    BrokerProcess broker() throws IOException {
        return new BrokerProcess(otherCores.isEmpty() ? List.of() : Pinning.prefix(otherCores));
    }

    ServedFiles files(int size) throws IOException {
        return new ServedFiles(size, classes);
    }

    /** A copy of the service on these cores, with these settings on top of the common ones. */
    Instance instance(String where, Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(own);
        return new Instance(where, all);
    }

    Conditions conditions(List<byte[]> pictures) {
        return Conditions.ofThisMachine()
                .with("pictures", "%d JPEGs of %d bytes on average".formatted(pictures.size(), (long) pictures.stream()
                        .mapToInt(jpeg -> jpeg.length)
                        .average()
                        .orElse(0)))
                .with("head", "linear, " + classes + " classes, no shadow")
                .with(
                        "broker",
                        "Kafka's own, a process of its own, -Xmx256m, on " + on(otherCores) + "; one node, one replica")
                .with("load and reader", "this program, on " + on(otherCores))
                .with("service", "packaged, " + String.join(" ", jvm))
                .with("warmed up with", warmUp + " images for each copy, at 32 px")
                .with("its settings", settings.isEmpty() ? "defaults" : settings);
    }

    static String on(String where) {
        return where.isEmpty() ? "all cores" : "core " + where;
    }
}
