package io.headwater.benchmarks.inference.service;

import io.headwater.benchmarks.broker.InferenceProcess;
import io.headwater.benchmarks.machine.ProcessMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much memory the service has at rest and at work, and whether it grows. Linux only. */
@Command(
        name = "steady-memory",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts a broker and the packaged inference-service, looks at its resident memory and processor time"
                        + " at rest, then keeps more images waiting than it can do and takes samples, and at last looks at it at rest"
                        + " again. The exit code is 1 where the last third of the samples after the warm-up has more than the limit"
                        + " above the first third.")
public final class SteadyMemory implements Callable<Integer> {
    private static final int FEW = 500;
    private static final int MANY = 1000;
    private static final long LOOK_NANOS = 5_000_000;
    private static final double MINUTE = 6e10;

    @Option(names = "--size", defaultValue = "224", description = "Input size (${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--minutes", defaultValue = "10", description = "Time at full load (${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--warm-up",
            defaultValue = "2",
            description = "Minutes of it that do not count (${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(names = "--every", defaultValue = "10", description = "Seconds between samples (${DEFAULT-VALUE}).")
    private int every;

    @Option(names = "--rest", defaultValue = "30", description = "Seconds at rest (${DEFAULT-VALUE}).")
    private int rest;

    @Option(names = "--limit", defaultValue = "16", description = "Allowed growth, MiB (${DEFAULT-VALUE}).")
    private double limit;

    @Mixin
    private RigOptions rig;

    @Mixin
    private CopyOptions copy;

    @Spec
    private CommandSpec spec;

    private final HttpClient http = HttpClient.newHttpClient();

    private SteadyMemory() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        Logs.quieten();
        System.exit(new CommandLine(new SteadyMemory()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (minutes <= warmUp || (minutes - warmUp) * TimeUnit.MINUTES.toSeconds(1) < 3.0 * every) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--minutes must leave at least three samples after --warm-up");
        }
        PrintWriter out = spec.commandLine().getOut();
        rig.pin();
        List<byte[]> pictures = rig.pictures();
        copy.addTo(rig.conditions(pictures)).with("size", size + " px").print(out);
        out.printf(
                "%n%8s %9s %9s %9s %9s %9s %9s %9s %9s%n",
                "minutes", "images/s", "CPU %", "resident", "anonymous", "heap used", "heap", "other JVM", "direct");
        try (Ways ways = new Ways(rig, pictures, copy.partitions(), size, SideBySide.GATHER)) {
            Way way = ways.add("memory", List.of(copy.instance(rig, Map.of())));
            way.keepLittle();
            return measure(out, way);
        }
    }

    private int measure(PrintWriter out, Way way) throws IOException, InterruptedException {
        InferenceProcess service = way.services().get(0);
        rest(out, way, service);
        List<Trend.Sample> samples = new ArrayList<>();
        long start = System.nanoTime();
        Interval interval = new Interval(way, service);
        while (since(start) < minutes) {
            feed(way);
            if (interval.seconds() >= every) {
                double resident = print(out, "%8.2f".formatted(since(start)), interval, service);
                if (since(start) > warmUp) {
                    samples.add(new Trend.Sample(since(start), resident));
                }
                interval = new Interval(way, service);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        way.predictions().await(way.topic().next(), Duration.ofMinutes(1));
        rest(out, way, service);
        Trend trend = Trend.of(samples);
        out.printf(
                "%d images; resident after %.1f minutes: most %.1f MiB, slope %+.2f MiB a minute, last third %+.1f MiB above the"
                        + " first (limit %.0f); peak of the process %.1f MiB%n",
                way.predictions().images(),
                warmUp,
                trend.max(),
                trend.slope(),
                trend.growth(),
                limit,
                ProcessMemory.of(service.pid()).peak());
        out.flush();
        return trend.growth() <= limit ? CommandLine.ExitCode.OK : 1;
    }

    private void rest(PrintWriter out, Way way, InferenceProcess service) throws IOException, InterruptedException {
        // What ended just now or has just been started is not rest yet.
        TimeUnit.SECONDS.sleep(rest / 2);
        Interval interval = new Interval(way, service);
        TimeUnit.SECONDS.sleep(rest - rest / 2);
        print(out, "rest", interval, service);
    }

    private static void feed(Way way) {
        int waiting = way.topic().next() - way.predictions().images();
        if (waiting < FEW) {
            for (int i = waiting; i < MANY; i++) {
                way.topic().send();
            }
        }
    }

    private double print(PrintWriter out, String when, Interval interval, InferenceProcess service)
            throws IOException, InterruptedException {
        ProcessMemory memory = ProcessMemory.of(service.pid());
        JvmMemory jvm = JvmMemory.of(http, service);
        out.printf(
                "%8s %9.1f %9.2f %9.1f %9.1f %9.1f %9.1f %9.1f %9.1f%n",
                when,
                interval.imagesPerSecond(),
                interval.cpuPercent(),
                memory.resident(),
                memory.anonymous(),
                jvm.heapUsed(),
                jvm.heapCommitted(),
                jvm.other(),
                jvm.direct());
        out.flush();
        return memory.resident();
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / MINUTE;
    }
}
