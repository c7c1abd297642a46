package io.headwater.benchmarks.machine;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the programs print what they measure, each line at once. */
public final class Output {
    /** Standard output. */
    public static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    private Output() {}
}
