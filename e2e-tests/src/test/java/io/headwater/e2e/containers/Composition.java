package io.headwater.e2e.containers;

import io.headwater.local.broker.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * docker-compose.yml of this project, built and run under a project name and on ports of its own, by the compose command itself. Closing it
 * takes everything away, volumes included.
 */
final class Composition implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String BASE = System.getProperty("headwater.test.base-image", "eclipse-temurin:17-jre");
    private static final String KAFKA = System.getProperty("headwater.test.kafka-image", "apache/kafka:4.1.1");
    private static final List<String> PORTS =
            List.of("INGEST_PORT", "INFERENCE_PORT", "TRAINER_PORT", "KAFKA_PORT", "PROMETHEUS_PORT");

    private final List<String> command;
    private final Path log;
    private final List<Integer> ports = FreePorts.distinct(PORTS.size());
    private final String project = "headwater-test-" + ports.get(0);

    private Composition(List<String> command, Path log) {
        this.command = command;
        this.log = log;
    }

    /** Nothing is started yet; skips the test, with the reason, where there is no engine, no compose command or no image. */
    static Composition orSkip(Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(ContainerKafka.engineAnswers(), "no container engine answers");
        Files.createDirectories(directory);
        Composition composition = new Composition(
                compose().orElseGet(() -> Assumptions.abort("neither docker compose nor docker-compose is installed")),
                directory.resolve("compose.log"));
        for (String image : List.of(BASE, KAFKA)) {
            boolean there = composition
                            .run(List.of("docker", "image", "inspect", image))
                            .isOk()
                    || composition.run(List.of("docker", "pull", "-q", image)).isOk();
            Assumptions.assumeTrue(there, "the image " + image + " can't be had");
        }
        return composition;
    }

    private static Optional<List<String>> compose() {
        return Stream.of(List.of("docker", "compose"), List.of("docker-compose"))
                .filter(Composition::answers)
                .findFirst();
    }

    private static boolean answers(List<String> command) {
        try {
            List<String> version = new ArrayList<>(command);
            version.add("version");
            return new ProcessBuilder(version)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a command did. */
    record Result(int status, String output) {
        boolean isOk() {
            return status == 0;
        }
    }

    /** Runs a compose command; what it says on standard error is in the log. */
    Result compose(String... arguments) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("-p", project));
        whole.addAll(List.of(arguments));
        return run(whole);
    }

    /** Runs another command. */
    Result run(List<String> whole) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(ROOT.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        for (int i = 0; i < PORTS.size(); i++) {
            environment.put(PORTS.get(i), Integer.toString(ports.get(i)));
        }
        environment.put("BASE_IMAGE", BASE);
        environment.put("KAFKA_IMAGE", KAFKA);
        environment.put("HEADWATER_BACKBONE", "openimages");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    /** What Docker knows of the container of a service, by a template of {@code docker inspect}; empty if there is none. */
    String inspect(String service, String template) throws IOException, InterruptedException {
        String id = compose("ps", "-a", "-q", service).output().strip();
        return id.isEmpty()
                ? ""
                : run(List.of("docker", "inspect", "-f", template, id)).output().strip();
    }

    /** Where a service answers: {@code ingest-service}, {@code inference-service} or {@code trainer-service}. */
    URI address(String service) {
        int index = List.of("ingest-service", "inference-service", "trainer-service")
                .indexOf(service);
        return URI.create("http://127.0.0.1:" + ports.get(index));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        compose("down", "-v", "--remove-orphans");
    }
}
