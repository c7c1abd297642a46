package io.headwater.inference.retry;

import java.time.Duration;

/** Pauses between attempts: each twice the one before, up to a limit. Not thread safe. */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    /** From {@code first} to {@code longest}. */
    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** How long to wait now. */
    public Duration next() {
        Duration pause = next;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(longest) > 0 ? longest : twice;
        return pause;
    }

    /** After a success: begins with the first pause again. */
    public void reset() {
        next = first;
    }
}
