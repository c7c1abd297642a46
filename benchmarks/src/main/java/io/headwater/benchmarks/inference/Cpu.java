package io.headwater.benchmarks.inference;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time: unlike the clock on the wall it hardly minds who else uses the machine. */
final class Cpu {
    private Cpu() {}

    /** All threads of this process, nanoseconds. */
    static long ofThisProcess() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** What the processor calls itself, where the system tells; with what of it makes int8 fast. */
    static String name() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            Iterable<String> all = lines::iterator;
            String name = System.getProperty("os.arch");
            for (String line : all) {
                String value = line.substring(line.indexOf(':') + 1).strip();
                if (line.startsWith("model name")) {
                    name = value;
                } else if (line.startsWith("flags")) {
                    return name + (value.contains("avx512_vnni") ? " with AVX-512 VNNI" : " without AVX-512 VNNI");
                }
            }
            return name;
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
