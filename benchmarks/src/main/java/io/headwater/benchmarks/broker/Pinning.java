package io.headwater.benchmarks.broker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps processes on certain cores with {@code taskset}, so that one doesn't take time from another. */
public final class Pinning {
    private static final long PATIENCE_SECONDS = 10;

    private Pinning() {}

    /**
     * Moves this process and all its threads to these cores; those that are started later stay there too.
     *
     * @param cores as taskset writes them (0 or 0,1)
     */
    public static void pinThisProcess(String cores) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder(
                        "taskset",
                        "-acp",
                        cores,
                        Long.toString(ProcessHandle.current().pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!taskset.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
            throw new IOException("taskset could not move this process to the cores " + cores);
        }
    }

    /** Put before a command line: the process that it starts is on these cores, and keeps the pid. */
    public static List<String> prefix(String cores) {
        return List.of("taskset", "-c", cores);
    }
}
