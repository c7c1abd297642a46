package io.headwater.benchmarks.inference.processes;

import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Quartiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The floor of TwoInstances: the backbone alone, without Kafka, pictures or the service. */
@Command(
        name = "two-processes",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Calls the bundled backbone with two threads in one process, and with one thread in each of two, in turns, and"
                        + " prints how much two processes do of what one does. They share nothing, so each has weights of its own. What is"
                        + " lost here no service can win back.")
public final class TwoProcesses implements Callable<Integer> {
    private static final double MILLIS = 1000;

    @Option(names = "--size", split = ",", defaultValue = "224,160", description = "Input sizes (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--seconds", defaultValue = "6", description = "Of each way in each round (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "4",
            description = "Seconds before, which don't count (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--rounds", defaultValue = "7", description = "Rounds (${DEFAULT-VALUE}).")
    private int rounds;

    @Spec
    private CommandSpec spec;

    private TwoProcesses() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TwoProcesses()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Conditions.ofThisMachine()
                .with("rounds", rounds + " of " + seconds + " s each way, after " + warmUp + " s")
                .print(out);
        for (int size : sizes) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                boolean oneFirst = round % 2 == 0;
                double first = imagesPerSecond(size, oneFirst ? List.of(2) : List.of(1, 1));
                double second = imagesPerSecond(size, oneFirst ? List.of(1, 1) : List.of(2));
                double one = oneFirst ? first : second;
                double two = oneFirst ? second : first;
                ratios.add(two / one);
                out.printf("%d px: one process %.1f images/s, two %.1f, of one %.3f%n", size, one, two, two / one);
                out.flush();
            }
            out.printf(
                    "%d px: of one, median and quartiles %s%n",
                    size, Quartiles.of(ratios.stream().mapToDouble(Double::doubleValue)));
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }

    private double imagesPerSecond(int size, List<Integer> threads) throws IOException, InterruptedException {
        long from = System.currentTimeMillis() + (long) (warmUp * MILLIS);
        long to = from + (long) (seconds * MILLIS);
        List<Process> processes = new ArrayList<>();
        try {
            for (int count : threads) {
                processes.add(start(count, size, from, to));
            }
            int images = 0;
            for (Process process : processes) {
                String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
                if (process.waitFor() != 0) {
                    throw new IOException("a process failed; its error is above");
                }
                images += Integer.parseInt(printed);
            }
            return (double) images / seconds;
        } finally {
            processes.forEach(Process::destroy);
        }
    }

    private static Process start(int threads, int size, long from, long to) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Caller.class.getName(),
                        Integer.toString(threads),
                        Integer.toString(size),
                        Long.toString(from),
                        Long.toString(to))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
