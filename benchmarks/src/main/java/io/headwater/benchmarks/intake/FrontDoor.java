package io.headwater.benchmarks.intake;

import io.headwater.benchmarks.broker.BrokerProcess;
import io.headwater.benchmarks.broker.IngestProcess;
import io.headwater.benchmarks.broker.Pinning;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.ingest.picture.JpegEncoder;
import io.headwater.ingest.picture.PictureDecoder;
import io.headwater.local.launch.Distribution;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The front door over HTTP into Kafka beside the bare work on the same core. */
@Command(
        name = "front-door",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts the packaged ingest-service on one core, and a broker on another, from which it is loaded: by"
                        + " wrk with single uploads, by curl with a tar. Beside it, round by round, the same decoding,"
                        + " scaling and encoding in a loop in this process on the service's core. Needs wrk, curl and a"
                        + " packaged service.")
public final class FrontDoor implements Callable<Integer> {
    private static final long PIXELS = 50_000_000;
    private static final long BYTES = 256L << 20;

    @Option(names = "--size", split = ",", defaultValue = "500x375,4000x3000", description = "(${DEFAULT-VALUE})")
    private List<String> sizes;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "6", description = "Of each load (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "15", description = "Seconds of load before (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--connections", defaultValue = "4", description = "Of wrk (${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--heap", defaultValue = "512m", description = "Of the service (${DEFAULT-VALUE}).")
    private String heap;

    @Option(names = "--pin", defaultValue = "0", description = "Core of the service and the loop (${DEFAULT-VALUE}).")
    private String core;

    @Option(
            names = "--pin-load",
            defaultValue = "1",
            description = "Core of the load and the broker (${DEFAULT-VALUE}).")
    private String loadCore;

    @Option(
            names = "--script",
            defaultValue = "benchmarks/src/main/scripts/intake/upload.lua",
            description = "From the root of the project (${DEFAULT-VALUE}).")
    private Path script;

    private final PrintWriter out = Output.OUT;

    private FrontDoor() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FrontDoor()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Pinning.pinThisProcess(core);
        Conditions.ofThisMachine()
                .with("service and loop", "core " + core + ", heap " + heap)
                .with("load and broker", "core " + loadCore + ", " + connections + " connections")
                .with("rounds", rounds + " of " + seconds + " s, medians, after " + warmUp + " s")
                .print(out);
        for (String size : sizes) {
            measure(size);
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(String size) throws Exception {
        int cross = size.indexOf('x');
        int width = Integer.parseInt(size.substring(0, cross));
        int height = Integer.parseInt(size.substring(cross + 1));
        Map<String, List<UploadLoad.Load>> rows = new LinkedHashMap<>();
        try (PictureFiles pictures = new PictureFiles(width, height, width > 1000 ? 6 : 40);
                BrokerProcess broker = new BrokerProcess(Pinning.prefix(loadCore));
                IngestProcess service = new IngestProcess(
                        Pinning.prefix(core),
                        List.of("-Xmx" + heap, "-XX:+UseSerialGC"),
                        Map.of("kafka.bootstrap.servers", broker.bootstrapServers()))) {
            UploadLoad load = new UploadLoad(
                    service.address(), loadCore, Distribution.locate().root().resolve(script));
            loop(pictures, warmUp);
            load.singles(pictures, connections, warmUp);
            Path tar = pictures.tar((int) Math.max(6, loop(pictures, 2).imagesPerSecond() * seconds));
            load.batch(tar);
            for (int round = 0; round < rounds; round++) {
                add(rows, "bare loop", loop(pictures, seconds));
                add(rows, "POST /images", load.singles(pictures, connections, seconds));
                long before = service.cpuNanos();
                add(rows, "POST /images:batch", load.batch(tar));
                out.printf("  round %d, batch: processor time %.1f s%n", round, (service.cpuNanos() - before) / 1e9);
            }
            double bare = median(rows.get("bare loop"), UploadLoad.Load::imagesPerSecond);
            rows.forEach((name, all) -> out.printf(
                    "%s, %d kB  %-20s %7.1f images/s  p50 %7.1f ms  p99 %7.1f ms  %.3f of the loop%n",
                    size,
                    pictures.averageBytes() / 1000,
                    name,
                    median(all, UploadLoad.Load::imagesPerSecond),
                    median(all, UploadLoad.Load::p50),
                    median(all, UploadLoad.Load::p99),
                    median(all, UploadLoad.Load::imagesPerSecond) / bare));
        }
    }

    /** The work that can't be left out: decode, scale, encode. */
    private static UploadLoad.Load loop(PictureFiles pictures, int seconds) throws IOException {
        PictureDecoder decoder = new PictureDecoder(PIXELS, BYTES, Duration.ofSeconds(10));
        JpegEncoder encoder = new JpegEncoder(0.9f);
        long began = System.nanoTime();
        long images = 0;
        long bytes = 0;
        while (System.nanoTime() - began < seconds * 1_000_000_000L) {
            byte[] jpeg =
                    pictures.jpegs().get((int) (images++ % pictures.jpegs().size()));
            bytes += encoder.encode(decoder.decode(jpeg).image()).length;
        }
        double elapsed = (System.nanoTime() - began) / 1e9;
        if (bytes == 0) {
            throw new IOException("nothing was encoded");
        }
        return new UploadLoad.Load(images / elapsed, 0, 0);
    }

    private static void add(Map<String, List<UploadLoad.Load>> rows, String name, UploadLoad.Load load) {
        rows.computeIfAbsent(name, key -> new ArrayList<>()).add(load);
    }

    private static double median(List<UploadLoad.Load> loads, ToDoubleFunction<UploadLoad.Load> number) {
        double[] sorted = loads.stream().mapToDouble(number).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
