package io.headwater.benchmarks.inference.service;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long it takes from when an image is due to be sent until its prediction can be read, at half of full load. */
@Command(
        name = "end-to-end-latency",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts a broker and the packaged inference-service, once with each profile. Round by round it"
                        + " measures the throughput of a full topic, and then sends images at a share of that at fixed times (open"
                        + " loop) and takes the time from when each was due until a read-committed consumer has its prediction.")
public final class EndToEndLatency implements Callable<Integer> {
    private static final String DEFAULTS = "default";

    @Option(names = "--size", split = ",", defaultValue = "224,160", description = "Input sizes (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(
            names = "--profiles",
            split = ",",
            defaultValue = "latency,throughput",
            description =
                    "Values of headwater.inference.profile; default leaves it out. More settings may follow, such as"
                            + " latency/kafka.retry.backoff.ms=100 (${DEFAULT-VALUE}).")
    private List<String> profiles;

    @Option(names = "--load", defaultValue = "0.5", description = "Share of the full throughput (${DEFAULT-VALUE}).")
    private double load;

    @Option(names = "--count", defaultValue = "3000", description = "Images at full load (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seconds", defaultValue = "15", description = "Time at the share of it (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "1", description = "Rounds that do not count (${DEFAULT-VALUE}).")
    private int warmUp;

    @Mixin
    private RigOptions rig;

    @Mixin
    private CopyOptions copy;

    @Spec
    private CommandSpec spec;

    private EndToEndLatency() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        Logs.quieten();
        System.exit(new CommandLine(new EndToEndLatency()).execute(args));
    }

    private record Round(double full, double rate, Latencies latencies) {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        rig.pin();
        List<byte[]> pictures = rig.pictures();
        copy.addTo(rig.conditions(pictures))
                .with("load", load + " of the full throughput, open loop, fixed times")
                .with(
                        "rounds",
                        rounds + " of " + count + " images at full load and " + seconds
                                + " s at the share of it, after " + warmUp)
                .print(out);
        out.printf(
                "%n%4s %-40s %-7s %9s %9s %8s %8s %8s %8s %8s%n",
                "px", "profile", "round", "full /s", "load /s", "p50 ms", "p90", "p99", "p99.9", "max");
        for (int size : sizes) {
            try (Ways ways = new Ways(rig, pictures, copy.partitions(), size, Duration.ZERO)) {
                for (String profile : profiles) {
                    ways.add(profile.replaceAll("[^A-Za-z0-9.-]", "-"), List.of(copy.instance(rig, settings(profile))));
                }
                measure(out, size, ways);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static Map<String, String> settings(String profile) {
        Map<String, String> settings = new HashMap<>();
        String[] parts = profile.split("/");
        if (!parts[0].equals(DEFAULTS)) {
            settings.put("headwater.inference.profile", parts[0]);
        }
        for (String setting : List.of(parts).subList(1, parts.length)) {
            String[] pair = setting.split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        return settings;
    }

    private void measure(PrintWriter out, int size, Ways ways) throws Exception {
        Map<Way, List<Round>> measured = new LinkedHashMap<>();
        for (int round = 1 - warmUp; round <= rounds; round++) {
            for (Way way : ways.all()) {
                Round one = round(way);
                print(out, size, way.name(), round < 1 ? "warm" : Integer.toString(round), one);
                if (round >= 1) {
                    measured.computeIfAbsent(way, ignored -> new ArrayList<>()).add(one);
                }
            }
        }
        measured.forEach((way, all) -> print(out, size, way.name(), "median", median(all)));
    }

    private Round round(Way way) throws Exception {
        double full = way.fullLoad(count).imagesPerSecond();
        double rate = full * load;
        return new Round(full, rate, way.paced(rate, Duration.ofSeconds(seconds)));
    }

    private static Round median(List<Round> all) {
        return new Round(
                Medians.of(all, Round::full),
                Medians.of(all, Round::rate),
                new Latencies(
                        Medians.of(all, round -> round.latencies().p50()),
                        Medians.of(all, round -> round.latencies().p90()),
                        Medians.of(all, round -> round.latencies().p99()),
                        Medians.of(all, round -> round.latencies().p999()),
                        Medians.of(all, round -> round.latencies().max())));
    }

    private static void print(PrintWriter out, int size, String profile, String round, Round one) {
        Latencies latencies = one.latencies();
        out.printf(
                "%4d %-40s %-7s %9.1f %9.1f %8.1f %8.1f %8.1f %8.1f %8.1f%n",
                size,
                profile,
                round,
                one.full(),
                one.rate(),
                latencies.p50(),
                latencies.p90(),
                latencies.p99(),
                latencies.p999(),
                latencies.max());
        out.flush();
    }
}
