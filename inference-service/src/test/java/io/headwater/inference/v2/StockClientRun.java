package io.headwater.inference.v2;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs {@code src/test/stock-client/StockClient.java} with the client's own jar and nothing else on the class path. */
final class StockClientRun {
    private static final int PATIENCE_SECONDS = 60;

    private StockClientRun() {}

    /** What it prints; fails if it fails. */
    static String against(String address, int size) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Path.of("target"), "stock-client-", ".txt");
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "target" + File.separator + "triton-client" + File.separator + "triton-client.jar",
                        "src/test/stock-client/StockClient.java",
                        address,
                        Integer.toString(size))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            client.destroyForcibly();
        }
        String said = Files.readString(output);
        if (client.waitFor() != 0) {
            throw new AssertionError("the client failed: " + said);
        }
        return said;
    }
}
