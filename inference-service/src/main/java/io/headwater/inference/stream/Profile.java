package io.headwater.inference.stream;

import java.time.Duration;

/** Settings that belong together. Each can be overridden by its own key. */
public enum Profile {
    /** Results are committed as soon as they are there. */
    LATENCY(32, Duration.ZERO, Duration.ZERO, 1 << 20),
    /**
     * Results gather while other images are on their way, up to the commit interval. When there is nothing else to do they
     * are committed at once, so it costs no time when there is little to do.
     */
    THROUGHPUT(512, Duration.ofMillis(250), Duration.ofMillis(50), 4 << 20);

    private final int batchSize;
    private final Duration commitInterval;
    private final Duration linger;
    private final int fetchBytes;

    Profile(int batchSize, Duration commitInterval, Duration linger, int fetchBytes) {
        this.batchSize = batchSize;
        this.commitInterval = commitInterval;
        this.linger = linger;
        this.fetchBytes = fetchBytes;
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

    /** Most bytes of a partition in one fetch. */
    public int fetchBytes() {
        return fetchBytes;
    }
}
