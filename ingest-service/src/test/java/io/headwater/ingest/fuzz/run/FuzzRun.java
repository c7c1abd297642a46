package io.headwater.ingest.fuzz.run;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fuzzes one target in a process of its own, with a directory of its own: {@code corpus} (what reached something new, for
 * the next run to go on from), {@code findings} (inputs that broke something), {@code log}.
 */
final class FuzzRun {
    private static final String INSTRUMENTED = "io.headwater.**:com.twelvemonkeys.**:com.drew.**:org.apache.commons.**"
            + ":com.fasterxml.jackson.**:io.cloudevents.**:org.apache.avro.**";
    /** On the wall, for what would never end; what is only slow the {@link Watch} finds. */
    private static final Duration HANGS = Duration.ofSeconds(30);
    /** To start, to replay what is there already, and to end. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration TELL = Duration.ofSeconds(10);
    private static final int MOST_RESIDENT_MEGABYTES = 2048;

    private final Targets target;
    private final Path directory;
    private final Path jazzer;
    private final long distinctFindings;
    private final int seed;

    /**
     * A run.
     *
     * @param directory of all targets
     * @param jazzer with its jars
     * @param distinctFindings after which it stops; 0 for never
     * @param seed of what is made up; 0 for another each time
     */
    FuzzRun(Targets target, Path directory, Path jazzer, long distinctFindings, int seed) {
        this.target = target;
        this.directory = directory.resolve(target.lowerCase()).toAbsolutePath();
        this.jazzer = jazzer;
        this.distinctFindings = distinctFindings;
        this.seed = seed;
    }

    /**
     * Numbers of a run, so far or at its end.
     *
     * @param slowestMillis processor time of the slowest input
     * @param heapMegabytes the most that was in use, of all that there was
     * @param exit of the process; 0 at the end of its time, and while it runs
     */
    record Numbers(Targets target, long inputs, long slowestMillis, long heapMegabytes, int exit, List<Path> findings) {
        boolean good() {
            return exit == 0 && findings.isEmpty() && inputs > 0;
        }

        @Override
        public String toString() {
            return String.format(
                    "%-8s %,12d inputs  slowest %,5d ms  heap %3d of %d MB  findings %d%s",
                    target.lowerCase(),
                    inputs,
                    slowestMillis,
                    heapMegabytes,
                    target.heapMegabytes(),
                    findings.size(),
                    exit == 0 ? "" : "  exit " + exit);
        }
    }

    /**
     * Fuzzes for so long.
     *
     * @param progress told every ten seconds
     */
    Numbers run(Duration time, Consumer<Numbers> progress) throws IOException, InterruptedException {
        prepare();
        Process process = new ProcessBuilder(command(time))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        Thread farewell = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            long deadline = System.nanoTime() + time.plus(PATIENCE).toNanos();
            while (!process.waitFor(TELL.toMillis(), TimeUnit.MILLISECONDS)) {
                progress.accept(numbers(0));
                if (System.nanoTime() > deadline) {
                    process.destroyForcibly();
                }
            }
            return numbers(process.exitValue());
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
    }

    Path log() {
        return directory.resolve("log");
    }

    private void prepare() throws IOException {
        Files.createDirectories(directory.resolve("corpus"));
        Files.createDirectories(directory.resolve("findings"));
        Files.deleteIfExists(directory.resolve("numbers"));
        String entry = FuzzEntry.class.getName().replace('.', '/') + ".class";
        Path alone = directory.resolve("entry").resolve(entry);
        Files.createDirectories(alone.getParent());
        try (InputStream bytes = FuzzEntry.class.getClassLoader().getResourceAsStream(entry)) {
            Files.write(alone, bytes.readAllBytes());
        }
        Path seeds = Files.createDirectories(directory.resolve("seeds"));
        for (Map.Entry<String, byte[]> input : target.corpus().entrySet()) {
            Files.write(seeds.resolve(input.getKey()), input.getValue());
        }
    }

    private List<String> command(Duration time) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // For Jazzer, which looks at every class of the JDK; Watch leaves the target what is its own.
        command.addAll(List.of("-Xmx768m", "-Xmn" + Watch.YOUNG_MEGABYTES + "m"));
        // Findings are told apart by their stack traces.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-OmitStackTraceInFastThrow", "-Djava.awt.headless=true"));
        // The second compiler is worth its time only if there is some.
        command.add("-XX:TieredStopAtLevel=" + (time.compareTo(LONG) < 0 ? 1 : 4));
        command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true"));
        command.add("-D" + Watch.TARGET + "=" + target);
        command.add("-D" + Watch.NUMBERS + "=" + directory.resolve("numbers"));
        command.add("-D" + FuzzEntry.WATCH + "=" + Watch.class.getName());
        command.add("-D" + FuzzEntry.CLASS_PATH + "=" + classPath());
        command.addAll(List.of("-cp", jazzer.toAbsolutePath() + File.separator + "*" + File.pathSeparator + "entry"));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + FuzzEntry.class.getName());
        command.add("--instrumentation_includes=" + INSTRUMENTED);
        command.add("--custom_hook_includes=" + INSTRUMENTED);
        command.add("--mutator_framework=false");
        command.add("--keep_going=" + distinctFindings);
        command.add("--reproducer_path=" + directory.resolve("findings"));
        command.add("-artifact_prefix=findings" + File.separator);
        command.add("-max_total_time=" + time.toSeconds());
        command.add("-timeout=" + HANGS.toSeconds());
        command.add("-rss_limit_mb=" + MOST_RESIDENT_MEGABYTES);
        command.add("-seed=" + seed);
        command.add("-print_final_stats=1");
        command.addAll(List.of("corpus", "seeds"));
        return command;
    }

    private static String classPath() {
        // The process runs elsewhere.
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(own.split(Pattern.quote(File.pathSeparator)))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Numbers numbers(int exit) throws IOException {
        List<Path> findings;
        try (Stream<Path> files = Files.list(directory.resolve("findings"))) {
            findings = files.filter(file -> !file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Path file = directory.resolve("numbers");
        if (!Files.exists(file)) {
            return new Numbers(target, 0, 0, 0, exit, findings);
        }
        String[] numbers = Files.readString(file).split(" ");
        return new Numbers(
                target,
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                exit,
                findings);
    }
}
