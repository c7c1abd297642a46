package io.headwater.benchmarks.broker;

import io.headwater.local.launch.Distribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The packaged inference-service in a process of its own, with the memory that {@code ./headwater up} gives it. */
public final class InferenceProcess implements AutoCloseable {
    /** Options of its JVM, as {@code ./headwater up} starts it. */
    public static final List<String> OPTIONS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true");

    private static final long PATIENCE_SECONDS = 10;

    private final ServiceProcess process;

    /**
     * Starts it and waits until it is ready: so there must be a rollout, and a partition for it.
     *
     * @param prefix of the command line, such as {@link Pinning#prefix}
     * @param options of the JVM
     * @param settings its configuration but for the port, at least Kafka's address and the artifact store
     */
    public InferenceProcess(List<String> prefix, List<String> options, Map<String, String> settings)
            throws IOException {
        Map<String, String> all = new TreeMap<>(Map.of(
                "ai.djl.offline", "true",
                "quarkus.log.category.\"io.smallrye.health\".level", "WARN"));
        all.putAll(settings);
        this.process = new ServiceProcess(
                "inference-service",
                prefix,
                options,
                Distribution.locate().root().resolve("inference-service/target/quarkus-app/quarkus-run.jar"),
                Files.createTempDirectory("headwater-benchmark-inference-"),
                all);
    }

    /** Where it listens. */
    public URI address() {
        return process.address();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Processor time that it has taken, nanoseconds. */
    public long cpuNanos() {
        return process.cpuNanos();
    }

    /** What it has logged so far. */
    public String log() throws IOException {
        return process.log();
    }

    /** Stops it where it stands, so that its topic can be filled; for less than its place in the group lasts (10 s). */
    public void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(pid()))
                .inheritIO()
                .start();
        if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill " + signal + " failed");
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
