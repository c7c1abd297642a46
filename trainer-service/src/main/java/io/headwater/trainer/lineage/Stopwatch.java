package io.headwater.trainer.lineage;

import java.util.Map;
import java.util.TreeMap;

/** Measures phases that follow each other. */
public final class Stopwatch {
    private final Map<String, Long> millis = new TreeMap<>();
    private long since = System.nanoTime();

    /** Ends a phase, which began when the last one ended. */
    public void ended(String phase) {
        long now = System.nanoTime();
        millis.put(phase, (now - since) / 1_000_000);
        since = now;
    }

    /** Milliseconds of each phase, together with those of {@code others}. */
    public Map<String, Long> with(Map<String, Long> others) {
        Map<String, Long> all = new TreeMap<>(others);
        all.putAll(millis);
        return all;
    }
}
