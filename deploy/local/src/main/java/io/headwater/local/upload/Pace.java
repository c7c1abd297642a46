package io.headwater.local.upload;

import java.util.concurrent.TimeUnit;

/** Lets callers pass at a steady rate. Thread-safe. */
final class Pace {

    private final long nanosApart;
    private long next = System.nanoTime();

    /** That many a second; 0 is as fast as can be. */
    Pace(double perSecond) {
        this.nanosApart = perSecond > 0 ? (long) (TimeUnit.SECONDS.toNanos(1) / perSecond) : 0;
    }

    /** Waits for the caller's turn. */
    void await() throws InterruptedException {
        if (nanosApart == 0) {
            return;
        }
        long turn;
        synchronized (this) {
            turn = Math.max(next, System.nanoTime());
            next = turn + nanosApart;
        }
        TimeUnit.NANOSECONDS.sleep(turn - System.nanoTime());
    }
}
