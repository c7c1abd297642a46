package io.headwater.benchmarks.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where the time and the memory of this process go: by kind of thread, processor time as the kernel counts it (the virtual
 * machine's own threads included), and bytes that Java threads allocated on the heap.
 */
final class Costs {
    // Clock ticks of /proc are hundredths of a second on every Linux that Java runs on.
    private static final double TICK_MILLIS = 10;

    private final Map<String, Double> millis = new TreeMap<>();
    private final Map<String, Double> bytes = new TreeMap<>();

    private long images;

    private Costs() {}

    /** To begin with. */
    static Costs none() {
        return new Costs();
    }

    /** Up to now, of the threads that are alive. */
    static Costs now() {
        Costs costs = new Costs();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                try {
                    costs.addTime(task);
                } catch (IOException e) {
                    // A thread that has just ended has no file, or one that can be opened and not read.
                    if (Files.exists(task)) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = threads.getAllThreadIds();
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        long[] allocated = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && allocated[i] >= 0) {
                costs.bytes.merge(kind(infos[i].getThreadName()), (double) allocated[i], Double::sum);
            }
        }
        return costs;
    }

    private void addTime(Path task) throws IOException {
        List<String> stat = List.of(Files.readString(task.resolve("stat")).split("\\) ", 2));
        String[] fields = stat.get(1).split(" ");
        String name = stat.get(0).substring(stat.get(0).indexOf('(') + 1);
        double ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        millis.merge(kind(name), ticks * TICK_MILLIS, Double::sum);
    }

    // The kernel knows 15 characters of a name.
    private static String kind(String thread) {
        String name = thread.length() > 15 ? thread.substring(0, 15) : thread;
        return name.replaceAll("[0-9]+", "").strip();
    }

    /** Adds what lies between two moments, in which so many images were worked on. */
    void add(Costs before, Costs after, int count) {
        images += count;
        after.millis.forEach(
                (kind, sum) -> millis.merge(kind, sum - before.millis.getOrDefault(kind, 0.0), Double::sum));
        after.bytes.forEach((kind, sum) -> bytes.merge(kind, sum - before.bytes.getOrDefault(kind, 0.0), Double::sum));
    }

    /** Per image, one line for each kind of thread that matters; begins anew. */
    String take() {
        StringBuilder text = new StringBuilder();
        millis.forEach((kind, sum) -> {
            double micros = 1000 * sum / images;
            double allocated = bytes.getOrDefault(kind, 0.0) / images;
            if (micros >= 1 || allocated >= 100) {
                text.append(String.format(
                        "    %-16s %8.1f us of processor, %9.0f bytes allocated%n", kind, micros, allocated));
            }
        });
        millis.clear();
        bytes.clear();
        images = 0;
        return text.toString();
    }
}
