package io.headwater.benchmarks.broker;

import io.headwater.local.launch.Distribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The packaged ingest-service in a process of its own, with the memory that {@code ./headwater up} gives it. */
public final class IngestProcess implements AutoCloseable {
    private static final List<String> OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true");

    private final ServiceProcess process;

    /**
     * Starts it and waits until it is ready.
     *
     * @param prefix of the command line, such as {@link Pinning#prefix}
     * @param settings its configuration but for the port, at least Kafka's address
     */
    public IngestProcess(List<String> prefix, Map<String, String> settings) throws IOException {
        this(prefix, OPTIONS, settings);
    }

    /**
     * The same with other memory.
     *
     * @param options of the JVM
     */
    public IngestProcess(List<String> prefix, List<String> options, Map<String, String> settings) throws IOException {
        Map<String, String> all = new TreeMap<>(Map.of("quarkus.log.category.\"io.smallrye.health\".level", "WARN"));
        all.putAll(settings);
        this.process = new ServiceProcess(
                "ingest-service",
                prefix,
                options,
                Distribution.locate().root().resolve("ingest-service/target/quarkus-app/quarkus-run.jar"),
                Files.createTempDirectory("headwater-benchmark-ingest-"),
                all);
    }

    /** Where it listens. */
    public URI address() {
        return process.address();
    }

    /** Processor time that it has taken, nanoseconds. */
    public long cpuNanos() {
        return process.cpuNanos();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
