package io.headwater.trainer.download;

import java.time.Duration;

/** A moment after which nothing is waited for. */
final class Deadline {
    private final long start = System.nanoTime();
    private final Duration total;

    Deadline(Duration total) {
        this.total = total;
    }

    /** What is left of it, not negative. */
    Duration left() {
        Duration left = total.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether it has passed. */
    boolean isOver() {
        return left().isZero();
    }

    /** {@code wait}, or what is left if that is less. */
    Duration atMost(Duration wait) {
        Duration left = left();
        return left.compareTo(wait) < 0 ? left : wait;
    }

    /** The time that it gave from the beginning. */
    Duration total() {
        return total;
    }
}
