package io.headwater.benchmarks.broker;

import io.headwater.local.broker.BrokerMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real broker in a process of its own, as {@code ./headwater up} runs it, on a directory that is deleted afterwards. */
public final class BrokerProcess implements AutoCloseable {
    private final Path directory;
    private final Process process;
    private final String bootstrapServers;

    /** Starts it and waits until it is ready. */
    public BrokerProcess() throws IOException {
        this(List.of());
    }

    /**
     * Starts it on certain cores.
     *
     * @param prefix of the command line, such as that of {@code taskset}, which must become the process that it starts
     */
    public BrokerProcess(List<String> prefix) throws IOException {
        this.directory = Files.createTempDirectory("headwater-benchmark-");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                "--dir",
                directory.toString(),
                "--port",
                "0"));
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        this.bootstrapServers = awaitReady();
    }

    private String awaitReady() throws IOException {
        // The reader stays open: closing it would end the broker's standard output.
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(BrokerMain.READY)) {
                Thread drain = new Thread(() -> out.lines().forEach(ignored -> {}), "broker-output");
                drain.setDaemon(true);
                drain.start();
                return line.substring(BrokerMain.READY.length());
            }
        }
        throw new IllegalStateException("the broker ended before it was ready");
    }

    /** Where it listens. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Processor time that it has taken, nanoseconds. */
    public long cpuNanos() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
