package io.headwater.e2e.stream;

import io.headwater.local.broker.FreePorts;
import io.headwater.local.launch.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One inference-service more than {@code ./headwater up} starts, as a process. */
final class InferenceProcess implements AutoCloseable {
    private final Process process;

    private InferenceProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts one and returns at once.
     *
     * @param directory of its log
     */
    static InferenceProcess start(Path directory, Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
        command.add("-Dquarkus.http.port=" + FreePorts.one());
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        Path jar = Distribution.locate().root().resolve("inference-service/target/quarkus-app/quarkus-run.jar");
        command.addAll(List.of("-jar", jar.toString()));
        return new InferenceProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start());
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
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
