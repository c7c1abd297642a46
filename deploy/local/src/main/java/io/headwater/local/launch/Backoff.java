package io.headwater.local.launch;

import java.time.Duration;

/** How long to wait before a process that died is started again: doubling, bounded, from the start again after a long life. */
record Backoff(Duration first, Duration longest, Duration healthy) {

    static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

    /** Whether a process that lived that long counts as having been well. */
    boolean forgets(Duration lived) {
        return lived.compareTo(healthy) >= 0;
    }

    /** Wait before the next start after so many deaths in a row (from 1). */
    Duration after(int deaths) {
        Duration wait = first.multipliedBy(1L << Math.min(20, Math.max(0, deaths - 1)));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
