package io.headwater.benchmarks.memory;

import io.headwater.benchmarks.machine.Output;
import io.headwater.local.launch.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much memory everything takes that {@code ./headwater up} starts, when nothing is to be done. Linux only. */
@Command(
        name = "idle-memory",
        mixinStandardHelpOptions = true,
        version = "1",
        description =
                "Starts ./headwater up in a directory of its own, waits until it is ready and then a while, and prints"
                        + " the resident memory of each of its processes and of all, and whether that is under the limit.")
public final class IdleMemory implements Callable<Integer> {
    private static final double LIMIT_MIB = 3 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Option(names = "--offset", description = "Shift of all ports (${DEFAULT-VALUE}).")
    private int offset = 700;

    @Option(names = "--wait", description = "Seconds of idling before it is measured (${DEFAULT-VALUE}).")
    private int wait = 30;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new IdleMemory()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("headwater-idle");
        Path launcher = Distribution.locate().root().resolve("headwater");
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "up", "--offset", String.valueOf(offset));
        builder.environment().put("HEADWATER_HOME", home.toString());
        Path output = home.resolve("up.log");
        Process up = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            awaitReady(up, output);
            TimeUnit.SECONDS.sleep(wait);
            return report(up.toHandle());
        } finally {
            up.destroy();
            if (!up.waitFor(1, TimeUnit.MINUTES)) {
                up.destroyForcibly();
            }
        }
    }

    private static void awaitReady(Process up, Path output) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(output).contains("Headwater is ready")) {
            if (!up.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("./headwater up did not get ready:\n" + Files.readString(output));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private int report(ProcessHandle up) throws IOException {
        Output.OUT.printf(
                "%d cores, Java %s, idle for %d s%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), wait);
        double total = 0;
        for (ProcessHandle process :
                Stream.concat(Stream.of(up), up.descendants()).toList()) {
            double mib = residentMib(process.pid());
            total += mib;
            Output.OUT.printf("%8.0f MiB  %s%n", mib, name(process.pid()));
        }
        Output.OUT.printf("%8.0f MiB  in all; limit %.0f MiB%n", total, LIMIT_MIB);
        return total < LIMIT_MIB ? 0 : 1;
    }

    private static double residentMib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    // What tells the processes apart is the jar or the class they run.
    private static String name(long pid) throws IOException {
        List<String> arguments = List.of(Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"))
                .split("\0"));
        return arguments.stream()
                .filter(argument -> argument.contains("quarkus-run.jar") || argument.startsWith("io.headwater."))
                .findFirst()
                .map(argument -> argument.replaceAll(".*/([a-z]+-service)/.*", "$1"))
                .orElse(arguments.get(0));
    }
}
