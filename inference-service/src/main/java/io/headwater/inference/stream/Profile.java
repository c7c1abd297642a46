package io.headwater.inference.stream;

import java.time.Duration;

/** Settings that belong together. Each can be overridden by its own key. */
public enum Profile {
    /** Results are committed as soon as they are there. */
    LATENCY(32, Duration.ZERO, Duration.ZERO),
    /**
     * Results gather while other images are on their way, up to the commit interval. When there is nothing else to do they
     * are committed at once, so it costs no time when there is little to do.
     */
    THROUGHPUT(512, Duration.ofMillis(500), Duration.ofMillis(50));

    private final int batchSize;
    private final Duration commitInterval;
    private final Duration linger;

    Profile(int batchSize, Duration commitInterval, Duration linger) {
        this.batchSize = batchSize;
        this.commitInterval = commitInterval;
        this.linger = linger;
    }

    /** Most images in one commit. */
    public int batchSize() {
        return batchSize;
    }

    /** How long results may wait for others. */
    public Duration commitInterval() {
        return commitInterval;
    }

    /** How long the producer gathers records for one request. */
    public Duration linger() {
        return linger;
    }
}
