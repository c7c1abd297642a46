package io.headwater.ingest.intake;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds how many images are decoded at once, and with it the memory that decoding takes. */
final class DecodeSlots {
    private final int slots;
    private final Semaphore free;
    private final Duration maxWait;
    private final Duration retryAfter;

    DecodeSlots(int slots, Duration maxWait, Duration retryAfter) {
        if (slots < 1) {
            throw new IllegalArgumentException("headwater.intake.concurrency is " + slots + ", but must be at least 1");
        }
        this.slots = slots;
        this.free = new Semaphore(slots, true);
        this.maxWait = maxWait;
        this.retryAfter = retryAfter;
    }

    /** @throws ProblemException (503) if no slot becomes free in time */
    <T> T with(Supplier<T> work) {
        if (!acquired()) {
            throw ProblemException.temporary(
                    ProblemKind.BUSY,
                    "all decoders have been taken for " + maxWait.toMillis() + " ms; send the same again later",
                    retryAfter);
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    /** How many are taken now. */
    int taken() {
        return slots - free.availablePermits();
    }

    /** How many wait for one; an estimate. */
    int waiting() {
        return free.getQueueLength();
    }

    private boolean acquired() {
        try {
            return free.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
