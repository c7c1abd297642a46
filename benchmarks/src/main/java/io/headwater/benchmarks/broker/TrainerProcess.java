package io.headwater.benchmarks.broker;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The packaged trainer-service in a process of its own, as {@code ./headwater up} runs it, on a directory of its own. */
public final class TrainerProcess implements AutoCloseable {
    private final ServiceProcess process;

    /**
     * Starts it and waits until it is ready.
     *
     * @param jar the packaged service
     * @param bootstrapServers of the broker
     * @param settings further configuration
     */
    public TrainerProcess(Path jar, String bootstrapServers, Map<String, String> settings) throws IOException {
        Path directory = Files.createTempDirectory("headwater-benchmark-trainer-");
        Map<String, String> all = new TreeMap<>(Map.of(
                "kafka.bootstrap.servers", bootstrapServers,
                "headwater.artifacts", directory.resolve("artifacts").toString(),
                "headwater.trainer.state-dir", directory.resolve("state").toString()));
        all.putAll(settings);
        this.process = new ServiceProcess(
                "trainer-service", List.of(), List.of("-Xmx1g", "-XX:+UseSerialGC"), jar, directory, all);
    }

    /** Asks for a training. */
    public void train() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(process.address().resolve("/trainings"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 202) {
                throw new IllegalStateException("no training: " + answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What it has logged so far. */
    public String log() throws IOException {
        return process.log();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
