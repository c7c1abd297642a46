package io.headwater.trainer.download;

import java.time.Duration;

/**
 * How long a download is tried.
 *
 * @param connect for one connection
 * @param stall without a byte, until the connection is given up
 * @param total for all of it
 * @param attempts one after the other that bring nothing, until it is given up
 * @param backoff after the first of these; it doubles with each
 */
public record Patience(Duration connect, Duration stall, Duration total, int attempts, Duration backoff) {

    /** For a file that there is no doing without. */
    public static final Patience LONG =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofHours(2), 6, Duration.ofSeconds(1));

    /**
     * For a file that there is an alternative to: without a connection it is given up at once.
     *
     * @param total for all of it
     */
    public static Patience upTo(Duration total) {
        Duration connect = total.compareTo(Duration.ofSeconds(5)) < 0 ? total : Duration.ofSeconds(5);
        return new Patience(connect, total, total, 1, Duration.ofMillis(500));
    }
}
