package io.headwater.security.quota;

/**
 * An amount that comes back evenly. Whoever finds at least one unit may take more than there is, and the next one waits until that
 * has come back: so what is larger than a whole window is slow, not impossible. Times are nanoseconds of any one clock.
 */
final class TokenBucket {
    /** What sums of fractions may be off by, units. */
    private static final double ROUNDING = 1e-6;

    private final long capacity;
    private final double perNano;
    private double available;
    private long asOf;

    /**
     * Full.
     *
     * @param capacity how much there is at most, and comes in a window
     */
    TokenBucket(long capacity, long windowNanos, long now) {
        this.capacity = capacity;
        this.perNano = (double) capacity / windowNanos;
        this.available = capacity;
        this.asOf = now;
    }

    /** Whether something can be taken. */
    synchronized boolean hasSome(long now) {
        refill(now);
        return available >= 1 - ROUNDING;
    }

    /** Takes, below nothing if need be. */
    synchronized void take(long amount, long now) {
        refill(now);
        available -= amount;
    }

    /** How much is left. */
    synchronized long left(long now) {
        refill(now);
        return Math.max(0, (long) (available + ROUNDING));
    }

    /** Until something can be taken, rounded up. */
    synchronized long secondsUntilSome(long now) {
        refill(now);
        return seconds(1 - available);
    }

    /** Until it is full, rounded up. */
    synchronized long secondsUntilFull(long now) {
        refill(now);
        return seconds(capacity - available);
    }

    private void refill(long now) {
        if (now - asOf > 0) {
            available = Math.min(capacity, available + (now - asOf) * perNano);
            asOf = now;
        }
    }

    private long seconds(double missing) {
        return missing <= ROUNDING ? 0 : (long) Math.ceil((missing - ROUNDING) / perNano / 1e9);
    }
}
