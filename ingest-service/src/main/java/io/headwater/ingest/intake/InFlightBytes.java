package io.headwater.ingest.intake;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the bytes of images that are in memory at once, from the first that is read to the acknowledgement. Who finds
 * no room waits for it without reading on, so that the client's connection fills and the client waits too.
 */
public final class InFlightBytes {
    private static final int UNIT = 1024;

    private final long limit;
    private final Semaphore free;
    private final Duration maxWait;
    private final Duration retryAfter;

    /**
     * Room for uploads.
     *
     * @param limit bytes
     * @param largest upload that must find room, bytes
     * @param maxWait how long one waits for room
     * @param retryAfter what a client is told who found none
     */
    InFlightBytes(long limit, long largest, Duration maxWait, Duration retryAfter) {
        if (limit < largest) {
            throw new IllegalArgumentException("headwater.intake.max-bytes-in-flight is " + limit
                    + " bytes, but must be at least headwater.intake.max-bytes (" + largest
                    + "); raise it or lower that, or give the service a larger heap");
        }
        this.limit = limit;
        this.free = new Semaphore(units(limit), true);
        this.maxWait = maxWait;
        this.retryAfter = retryAfter;
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }

    /** Bytes that are taken now. */
    long taken() {
        return Math.max(0, limit - (long) free.availablePermits() * UNIT);
    }

    /** Room of one upload, nothing at first. One thread at a time uses it. */
    public Lease lease() {
        return new Lease();
    }

    /** The room that one upload takes. */
    public final class Lease implements AutoCloseable {
        private int units;

        private Lease() {}

        /**
         * Takes room until there are {@code bytes} in all.
         *
         * @throws ProblemException (503) if there is none in time; what was taken before is kept
         */
        public void growTo(long bytes) {
            int more = units(bytes) - units;
            if (more <= 0) {
                return;
            }
            if (!acquired(more)) {
                throw ProblemException.temporary(
                        ProblemKind.BUSY,
                        "uploads have taken all of the " + limit
                                + " bytes of memory that there are for them; send the same again later",
                        retryAfter);
            }
            units += more;
        }

        private boolean acquired(int more) {
            try {
                return free.tryAcquire(more, maxWait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Gives back what is more than {@code bytes}. */
        public void shrinkTo(long bytes) {
            int less = units - units(bytes);
            if (less > 0) {
                units -= less;
                free.release(less);
            }
        }

        /** Gives back all. */
        @Override
        public void close() {
            shrinkTo(0);
        }
    }
}
