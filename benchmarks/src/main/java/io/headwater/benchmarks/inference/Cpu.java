package io.headwater.benchmarks.inference;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time: unlike the clock on the wall it hardly minds who else uses the machine. */
final class Cpu {
    private Cpu() {}

    /** All threads of this process, nanoseconds. */
    static long ofThisProcess() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
