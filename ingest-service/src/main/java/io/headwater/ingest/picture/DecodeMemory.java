package io.headwater.ingest.picture;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Bounds the memory of all decodes at once. Who finds none waits: a decode is bounded in time. */
final class DecodeMemory {
    private static final int UNIT = 64 * 1024;

    private final long limit;
    private final Semaphore free;

    DecodeMemory(long limit) {
        this.limit = limit;
        this.free = new Semaphore(units(limit), true);
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }

    /** Whether there could ever be that much. */
    boolean has(long bytes) {
        return bytes <= limit;
    }

    long limit() {
        return limit;
    }

    /** Does work that takes so much memory, at most the limit. */
    <T> T with(long bytes, Supplier<T> work) {
        int units = Math.min(units(bytes), units(limit));
        free.acquireUninterruptibly(units);
        try {
            return work.get();
        } finally {
            free.release(units);
        }
    }
}
