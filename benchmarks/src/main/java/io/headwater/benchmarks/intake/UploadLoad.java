package io.headwater.benchmarks.intake;

import io.headwater.benchmarks.broker.Pinning;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads the front door from another core: single uploads with wrk, batches with curl. */
final class UploadLoad {
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern RESULT =
            Pattern.compile("images/s=([0-9.]+) p50ms=([0-9.]+) p99ms=([0-9.]+) failed=(\\d+)");
    private static final Pattern LAST =
            Pattern.compile("\"complete\":true,\"accepted\":(\\d+),\"refused\":0\\}\\s+([0-9.]+)$");

    private final URI service;
    private final String core;
    private final Path script;

    UploadLoad(URI service, String core, Path script) {
        this.service = service;
        this.core = core;
        this.script = script;
    }

    /**
     * What came of it.
     *
     * @param p50 milliseconds; 0 for a batch
     * @param p99 milliseconds; 0 for a batch
     */
    record Load(double imagesPerSecond, double p50, double p99) {}

    Load singles(PictureFiles pictures, int connections, int seconds) throws IOException, InterruptedException {
        String text = run(List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--timeout",
                "20s",
                "-s",
                script.toString(),
                service.toString(),
                "--",
                pictures.pattern(),
                Integer.toString(pictures.jpegs().size())));
        Matcher result = RESULT.matcher(text);
        if (!result.find() || !result.group(4).equals("0")) {
            throw new IOException("wrk said: " + text);
        }
        return new Load(
                Double.parseDouble(result.group(1)),
                Double.parseDouble(result.group(2)),
                Double.parseDouble(result.group(3)));
    }

    Load batch(Path tar) throws IOException, InterruptedException {
        String text = run(List.of(
                "curl",
                "-sS",
                "-T",
                tar.toString(),
                "-X",
                "POST",
                "-H",
                "Expect:",
                "-w",
                "%{time_total}",
                service.resolve("/images:batch").toString()));
        Matcher last = LAST.matcher(text);
        if (!last.find()) {
            throw new IOException("curl ended with: " + text.substring(Math.max(0, text.length() - 500)));
        }
        return new Load(Integer.parseInt(last.group(1)) / Double.parseDouble(last.group(2)), 0, 0);
    }

    private String run(List<String> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Pinning.prefix(core));
        command.addAll(program);
        Path output = Files.createTempFile("load-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program.get(0) + " did not end");
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.delete(output);
        }
    }
}
