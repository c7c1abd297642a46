package io.headwater.local.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/** A process as it is remembered on disk: a process id alone may long be somebody else's. */
record ProcessRecord(long pid, Instant started) {

    // Linux tells the start in clock ticks since boot, and the time of boot moves a little when the clock is adjusted.
    private static final Duration TOLERANCE = Duration.ofMillis(1500);

    static ProcessRecord of(ProcessHandle handle) {
        return new ProcessRecord(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    static Optional<ProcessRecord> read(Properties properties) {
        try {
            return Optional.of(new ProcessRecord(
                    Long.parseLong(properties.getProperty("pid", "")),
                    Instant.parse(properties.getProperty("started", ""))));
        } catch (RuntimeException e) {
            // A file cut off by a crash tells nothing.
            return Optional.empty();
        }
    }

    void write(Properties properties) {
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("started", started.toString());
    }

    /** The very process, if it still lives; never another one that got its id. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> handle.info()
                .startInstant()
                .filter(start -> Duration.between(start, started).abs().compareTo(TOLERANCE) <= 0)
                .isPresent());
    }
}
