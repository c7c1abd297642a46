package io.headwater.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of a process, as Linux counts it; MiB.
 *
 * @param resident all of it that is in memory (VmRSS)
 * @param anonymous the part of it that is not a file's: heap, stacks, native allocations
 * @param peak the most that was ever resident (VmHWM)
 */
public record ProcessMemory(double resident, double anonymous, double peak) {
    private static final double KIB_IN_MIB = 1024;

    /** Of a process now. */
    public static ProcessMemory of(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
    }

    static ProcessMemory parse(String status) {
        return new ProcessMemory(mib(status, "VmRSS:"), mib(status, "RssAnon:"), mib(status, "VmHWM:"));
    }

    private static double mib(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_IN_MIB)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the process has no " + name + " any more"));
    }
}
