package io.headwater.benchmarks.inference;

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

/** The load generator wrk with the script that any server of the protocol can be measured with. */
final class Wrk {
    private static final Pattern RESULT =
            Pattern.compile("images/s=([0-9.]+) p50ms=([0-9.]+) p99ms=([0-9.]+) failed=(\\d+)");
    private static final int PATIENCE_SECONDS = 60;

    private final Path script;
    private final List<String> prefix;
    private final URI address;

    /**
     * @param script infer.lua
     * @param prefix of the command line, such as that which pins it to cores
     * @param address of the server
     */
    Wrk(Path script, List<String> prefix, URI address) {
        this.script = script;
        this.prefix = List.copyOf(prefix);
        this.address = address;
    }

    /**
     * What it says.
     *
     * @param p50 milliseconds
     * @param p99 milliseconds
     */
    record Load(double imagesPerSecond, double p50, double p99) {}

    /** Sends one request after the other on each of {@code connections}. */
    Load run(int connections, int seconds, int size) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "-s", script.toString()));
        command.addAll(List.of(address.toString(), "--", Integer.toString(size)));
        Path output = Files.createTempFile("wrk-", ".txt");
        try {
            Process wrk = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!wrk.waitFor(seconds + PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                wrk.destroyForcibly();
                throw new IOException("wrk did not end");
            }
            return parse(Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    private static Load parse(String text) throws IOException {
        Matcher result = RESULT.matcher(text);
        if (!result.find()) {
            throw new IOException("wrk said: " + text);
        }
        if (!result.group(4).equals("0")) {
            throw new IOException("requests failed: " + result.group());
        }
        return new Load(
                Double.parseDouble(result.group(1)),
                Double.parseDouble(result.group(2)),
                Double.parseDouble(result.group(3)));
    }
}
