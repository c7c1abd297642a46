package io.headwater.benchmarks.inference;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time: unlike the clock on the wall it hardly minds who else uses the machine. */
final class Cpu {
    private Cpu() {}

    /** All threads of this process, nanoseconds. */
    static long ofThisProcess() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Whether it multiplies int8 four at a time (AVX-512 VNNI or AVX-VNNI), where the system tells. */
    static String vnni() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo")).matches("(?s).*\\bavx(512)?_vnni\\b.*") ? "yes" : "no";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
