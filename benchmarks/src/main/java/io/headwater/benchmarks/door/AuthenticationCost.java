package io.headwater.benchmarks.door;

import io.headwater.benchmarks.broker.BrokerProcess;
import io.headwater.benchmarks.broker.IngestProcess;
import io.headwater.benchmarks.broker.Pinning;
import io.headwater.benchmarks.inference.Photographs;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.security.keys.KeyFile;
import io.headwater.security.keys.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it costs {@code POST /images} to ask who is calling. */
@Command(
        name = "authentication-cost",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts the packaged ingest-service twice on one core, once with headwater.auth=none and once with api-key"
                        + " and a quota, and loads one after the other with wrk from another core: the same image over and over."
                        + " In each round the one that goes first goes last in the next. Needs wrk.")
public final class AuthenticationCost implements Callable<Integer> {
    private static final Pattern RESULT = Pattern.compile("requests=(\\d+) micros=(\\d+) failed=(\\d+)");
    private static final int PATIENCE_SECONDS = 30;

    @Option(names = "--rounds", defaultValue = "8", description = "Rounds, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "5", description = "Of each load (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "15", description = "Seconds of load before (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--connections", defaultValue = "4", description = "Requests at the same time (${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--pin", defaultValue = "0", description = "Core of the services (${DEFAULT-VALUE}).")
    private String core;

    @Option(names = "--pin-load", defaultValue = "1", description = "Core of wrk and the broker (${DEFAULT-VALUE}).")
    private String loadCore;

    @Option(
            names = "--script",
            defaultValue = "benchmarks/src/main/scripts/door/post.lua",
            description = "From the root of the project (${DEFAULT-VALUE}).")
    private Path script;

    private final PrintWriter out = Output.OUT;

    private AuthenticationCost() {}

    private record Load(double perSecond, double cpuMillis) {}

    private record Door(String name, IngestProcess service, Optional<String> key, List<Load> loads) {}

    /** Runs the program; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new AuthenticationCost()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Conditions.ofThisMachine()
                .with("core of the services", core)
                .with("core of the load", loadCore)
                .with("requests at once", connections)
                .print(out);
        Path directory = Files.createTempDirectory("headwater-benchmark-door-");
        Path image = Files.write(
                directory.resolve("image.jpg"), Photographs.rendered(1).get(0));
        KeyFile keys = new KeyFile(directory.resolve("keys"));
        String key = keys.add("load", Set.of(Role.INGEST), Instant.now()).text();
        try (BrokerProcess broker = new BrokerProcess(Pinning.prefix(loadCore));
                IngestProcess open = start(broker, Map.of("headwater.auth", "none"));
                IngestProcess asking = start(
                        broker,
                        Map.of(
                                "headwater.auth", "api-key",
                                "headwater.keys.file", keys.path().toString(),
                                "headwater.quota.requests", "1000000000",
                                "headwater.quota.bytes", "1000000M"))) {
            List<Door> doors = List.of(
                    new Door("none", open, Optional.empty(), new ArrayList<>()),
                    new Door("api-key", asking, Optional.of(key), new ArrayList<>()));
            for (Door door : doors) {
                load(door, image, warmUp);
            }
            for (int round = 0; round < rounds; round++) {
                for (int turn = 0; turn < doors.size(); turn++) {
                    Door door = doors.get((round + turn) % doors.size());
                    Load load = load(door, image, seconds);
                    door.loads().add(load);
                    out.printf(
                            Locale.ROOT,
                            "round %d  %-8s %7.1f images/s  %6.3f ms of the processor for each%n",
                            round + 1,
                            door.name(),
                            load.perSecond(),
                            load.cpuMillis());
                }
            }
            tell(doors.get(0), doors.get(1));
        } finally {
            keys.path().toFile().delete();
            Files.delete(image);
            Files.delete(directory);
        }
        return 0;
    }

    private IngestProcess start(BrokerProcess broker, Map<String, String> settings) throws IOException {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("kafka.bootstrap.servers", broker.bootstrapServers());
        return new IngestProcess(Pinning.prefix(core), all);
    }

    private Load load(Door door, Path image, int duration) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Pinning.prefix(loadCore));
        command.addAll(List.of("wrk", "-t1", "-c" + connections, "-d" + duration + "s", "-s", script.toString()));
        command.addAll(List.of(door.service().address().toString(), "--", image.toString()));
        door.key().ifPresent(command::add);
        Path output = Files.createTempFile("wrk-", ".txt");
        try {
            long before = door.service().cpuNanos();
            Process wrk = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!wrk.waitFor(duration + PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                wrk.destroyForcibly();
                throw new IOException("wrk did not end");
            }
            long cpu = door.service().cpuNanos() - before;
            Matcher result = RESULT.matcher(Files.readString(output));
            if (!result.find() || !result.group(3).equals("0")) {
                throw new IOException("wrk said: " + Files.readString(output));
            }
            double requests = Double.parseDouble(result.group(1));
            return new Load(requests / (Double.parseDouble(result.group(2)) / 1e6), cpu / 1e6 / requests);
        } finally {
            Files.delete(output);
        }
    }

    private void tell(Door open, Door asking) {
        double[] ratios = new double[rounds];
        double[] costs = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = asking.loads().get(i).perSecond() / open.loads().get(i).perSecond();
            costs[i] = asking.loads().get(i).cpuMillis() / open.loads().get(i).cpuMillis();
        }
        out.printf(
                Locale.ROOT,
                "api-key beside none, median of %d rounds: %.3f of the images/s (%.3f to %.3f), %.3f of the processor time%n",
                rounds,
                median(ratios),
                DoubleStream.of(ratios).min().orElseThrow(),
                DoubleStream.of(ratios).max().orElseThrow(),
                median(costs));
    }

    private static double median(double[] values) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
