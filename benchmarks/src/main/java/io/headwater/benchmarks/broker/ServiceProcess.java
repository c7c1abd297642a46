package io.headwater.benchmarks.broker;

import io.headwater.local.broker.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A packaged service in a process of its own on a free port, with a directory of its own that is deleted afterwards. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FAREWELL = Duration.ofSeconds(40);

    private final String name;
    private final Path directory;
    private final Process process;
    private final URI address;

    /**
     * Starts it and waits until it is ready.
     *
     * @param name for people
     * @param prefix of the command line, such as {@link Pinning#prefix}
     * @param options of the JVM
     * @param jar the packaged service
     * @param directory of its log; deleted when it ends
     * @param settings its configuration but for the port
     */
    ServiceProcess(
            String name,
            List<String> prefix,
            List<String> options,
            Path jar,
            Path directory,
            Map<String, String> settings)
            throws IOException {
        this.name = name;
        this.directory = directory;
        int port = FreePorts.one();
        this.address = URI.create("http://127.0.0.1:" + port);
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dquarkus.http.port=" + port);
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        // A program that is ended must not leave it behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitReady();
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        HttpRequest ready =
                HttpRequest.newBuilder(address.resolve("/q/health/ready")).build();
        HttpClient client = HttpClient.newHttpClient();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (IOException e) {
                // It does not listen yet.
                continue;
            }
        }
        String log = log();
        close();
        throw new IllegalStateException("the " + name + " did not get ready:\n" + log);
    }

    URI address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** Processor time that it has taken, nanoseconds. */
    long cpuNanos() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    /** What it has logged so far. */
    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
