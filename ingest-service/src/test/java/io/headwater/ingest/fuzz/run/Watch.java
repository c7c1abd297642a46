package io.headwater.ingest.fuzz.run;

import io.headwater.ingest.fuzz.FuzzTarget;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Gives inputs to a target, holds each to its time, and writes its numbers to a file twice a second, so that they outlive
 * a process that is ended.
 */
public final class Watch implements Consumer<byte[]>, Closeable {
    static final String TARGET = "headwater.fuzz.target";
    static final String NUMBERS = "headwater.fuzz.numbers";

    /**
     * Processor time for one input, nanoseconds: a decoder's deadline is a second here, and it looks at the clock only
     * between rows. Not the time on the wall, of which a busy machine takes any.
     */
    static final long LIMIT = TimeUnit.SECONDS.toNanos(4);

    /** Objects begin here, and this is part of what a target may use. */
    static final int YOUNG_MEGABYTES = 32;

    private static final int MEGABYTE = 1 << 20;
    private static final long TELL = TimeUnit.MILLISECONDS.toNanos(500);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final FuzzTarget target;
    private final Path file;
    private final List<byte[]> ballast = new ArrayList<>();
    private final long before;
    private long inputs;
    private long slowest;
    private long told = System.nanoTime();

    /** Makes the target that a system property names, and fills the heap until there is only so much left for it. */
    public Watch() throws Exception {
        Targets chosen = Targets.valueOf(System.getProperty(TARGET));
        this.target = chosen.make();
        this.file = Path.of(System.getProperty(NUMBERS));
        // Loading and instrumenting classes takes seconds, which are nobody's.
        for (byte[] seed : target.seeds().values()) {
            target.take(seed);
        }
        Runtime memory = Runtime.getRuntime();
        memory.gc();
        long used = memory.totalMemory() - memory.freeMemory();
        for (long left = memory.maxMemory() - used; left > (chosen.heapMegabytes() + 1L) * MEGABYTE; left -= MEGABYTE) {
            ballast.add(new byte[MEGABYTE]);
        }
        memory.gc();
        this.before = memory.totalMemory() - memory.freeMemory();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** @throws AssertionError if it takes too long, and whatever the target throws */
    static long take(FuzzTarget target, byte[] input) throws Exception {
        long began = THREADS.getCurrentThreadCpuTime();
        target.take(input);
        long took = THREADS.getCurrentThreadCpuTime() - began;
        if (took > LIMIT) {
            throw new AssertionError("an input of " + input.length + " bytes that begins with "
                    + HexFormat.of().formatHex(input, 0, Math.min(16, input.length)) + " took "
                    + TimeUnit.NANOSECONDS.toMillis(took) + " ms of processor time");
        }
        return took;
    }

    @Override
    public void accept(byte[] input) {
        inputs++;
        try {
            slowest = Math.max(slowest, take(target, input));
            if (System.nanoTime() - told > TELL) {
                told = System.nanoTime();
                close();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("something that no parser declares", e);
        }
    }

    /** Writes the numbers now. */
    @Override
    public void close() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                fresh, inputs + " " + TimeUnit.NANOSECONDS.toMillis(slowest) + " " + highestHeap() / MEGABYTE);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Not less than it ever was: the pools need not have been full at the same time. */
    private long highestHeap() {
        return pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() - before;
    }

    private static Stream<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }
}
