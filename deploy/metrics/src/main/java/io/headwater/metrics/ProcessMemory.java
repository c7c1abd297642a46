package io.headwater.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code process.memory.resident}: what the process occupies, bytes. What it has beside the heap and the virtual machine's own
 * pools is native memory: ONNX Runtime's, PyTorch's, RocksDB's, direct buffers. NaN where the kernel is not Linux.
 */
@Singleton
public final class ProcessMemory implements MeterBinder {
    private static final Pattern RESIDENT = Pattern.compile("^VmRSS:\\s+(\\d+) kB$", Pattern.MULTILINE);
    private static final double KIB = 1024;

    private final Path status;

    ProcessMemory() {
        this(Path.of("/proc/self/status"));
    }

    ProcessMemory(Path status) {
        this.status = status;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("process.memory.resident", this, ProcessMemory::resident)
                .description("Physical memory that the process occupies")
                .baseUnit("bytes")
                .register(meters);
    }

    private double resident() {
        try {
            Matcher matcher = RESIDENT.matcher(Files.readString(status));
            return matcher.find() ? Long.parseLong(matcher.group(1)) * KIB : Double.NaN;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
