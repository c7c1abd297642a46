package io.headwater.ingest.fuzz.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fuzzes for as long as one likes. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Feeds every parser at the door with inputs that Jazzer makes of real ones, each target in a process of"
                        + " its own with a small heap. A run goes on from what the last one in the same directory has"
                        + " reached. What breaks a parser, or is over its time or heap, is kept in <target>/findings,"
                        + " with the trace in <target>/log; put it into src/test/resources/fuzz/<target>, so that it is"
                        + " replayed by every build.")
public final class Fuzz implements Callable<Integer> {
    @Option(names = "--minutes", defaultValue = "60", description = "Of each target (${DEFAULT-VALUE}).")
    private double minutes;

    @Option(names = "--targets", split = ",", description = "Some of: ${COMPLETION-CANDIDATES} (all).")
    private List<Targets> targets = List.of(Targets.values());

    @Option(names = "--at-once", description = "Processes at the same time (as many as there are processors).")
    private int atOnce = Runtime.getRuntime().availableProcessors();

    @Option(names = "--directory", defaultValue = "target/fuzz", description = "What is kept (${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--jazzer",
            defaultValue = "target/jazzer",
            description = "Where the build has put Jazzer's jars (${DEFAULT-VALUE}).")
    private Path jazzer;

    @Option(
            names = "--findings",
            defaultValue = "0",
            description = "Distinct ones after which a target stops; 0: never (${DEFAULT-VALUE}).")
    private long distinctFindings;

    @Option(
            names = "--seed",
            defaultValue = "0",
            description = "Of what is made up; 0: another each time (${DEFAULT-VALUE}).")
    private int seed;

    @Spec
    private CommandSpec spec;

    private Fuzz() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Fuzz())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<FuzzRun> runs = targets.stream()
                .map(target -> new FuzzRun(target, directory, jazzer, distinctFindings, seed))
                .toList();
        Duration each = Duration.ofMillis((long) (minutes * 60_000));
        List<FuzzRun.Numbers> ends = all(runs, atOnce, each, numbers -> {
            synchronized (out) {
                out.println(numbers);
                out.flush();
            }
        });
        out.printf("%nin the end%n");
        ends.forEach(out::println);
        out.flush();
        return ends.stream().allMatch(FuzzRun.Numbers::good) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Runs all, some at the same time; gives the numbers of each at its end, in their order. */
    static List<FuzzRun.Numbers> all(List<FuzzRun> runs, int atOnce, Duration each, Consumer<FuzzRun.Numbers> progress)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<FuzzRun.Numbers>> ends = new ArrayList<>();
            for (FuzzRun run : runs) {
                ends.add(threads.submit(() -> run.run(each, progress)));
            }
            List<FuzzRun.Numbers> numbers = new ArrayList<>();
            for (Future<FuzzRun.Numbers> end : ends) {
                numbers.add(end.get());
            }
            return numbers;
        } finally {
            threads.shutdownNow();
        }
    }
}
