package io.headwater.benchmarks.inference.service;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * When each image of an open-loop run is due, whatever became of those before it, and when its prediction could be read. The
 * time that counts runs from when the image was due, not from when it was sent: a sender that is held up doesn't hide what
 * the images behind it would have waited (coordinated omission).
 */
final class Schedule {
    /** Of no images. */
    static final Schedule NONE = new Schedule(0, 0, 1, 0);

    private static final double SECOND = 1e9;

    private final int first;
    private final long start;
    private final double period;
    private final AtomicLongArray arrivals;

    /**
     * @param first number of the first image
     * @param count of the images
     * @param rate images per second
     * @param start when the first one is due, as {@link System#nanoTime}
     */
    Schedule(int first, int count, double rate, long start) {
        this.first = first;
        this.start = start;
        this.period = SECOND / rate;
        this.arrivals = new AtomicLongArray(count);
    }

    int count() {
        return arrivals.length();
    }

    private long due(int index) {
        return start + (long) (index * period);
    }

    /** Waits until the image at this place is due; returns how late it is, nanoseconds. */
    long await(int index) {
        long due = due(index);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return System.nanoTime() - due;
    }

    /** The prediction of the image with this number can be read. */
    void arrived(int number, long now) {
        int index = number - first;
        if (index >= 0 && index < arrivals.length()) {
            arrivals.set(index, now - due(index));
        }
    }

    /** From due to readable, of all images; only when every one has arrived. */
    Latencies latencies() {
        long[] nanos = new long[arrivals.length()];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = arrivals.get(i);
        }
        return Latencies.of(nanos);
    }
}
