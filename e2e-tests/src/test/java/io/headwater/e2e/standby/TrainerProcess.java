package io.headwater.e2e.standby;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.local.broker.FreePorts;
import io.headwater.local.launch.Distribution;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The trainer-service as a process of its own, which can be stopped in every way a process can. */
final class TrainerProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();

    private TrainerProcess(URI address, Process process) {
        this.address = address;
        this.process = process;
    }

    /**
     * Starts one and returns at once.
     *
     * @param directory of its state and its log
     * @param cache of native libraries
     */
    static TrainerProcess start(Path directory, Path cache, Map<String, String> settings) throws IOException {
        int port = FreePorts.one();
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dheadwater.trainer.state-dir=" + directory.resolve("state"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        Path jar = Distribution.locate().root().resolve("trainer-service/target/quarkus-app/quarkus-run.jar");
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("DJL_CACHE_DIR", cache.toString());
        return new TrainerProcess(URI.create("http://127.0.0.1:" + port), builder.start());
    }

    URI address() {
        return address;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: it stands still and knows nothing of it. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " ended with " + exit);
        }
    }

    /** Whether it answers, is ready, and has that role. */
    boolean isReadyAs(String role) throws InterruptedException {
        try {
            return request("GET", "/q/health/ready").statusCode() == 200
                    && get("/trainings").path("role").asText().equals(role);
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    boolean isTraining() throws IOException, InterruptedException {
        return get("/trainings").path("state").asText().equals("running");
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(request("GET", path).body());
    }

    HttpResponse<String> request(String method, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
