package io.headwater.inference.stream;

import java.time.Duration;

/** Refuses settings with a sentence that names the key, the value and the remedy. */
final class Limits {
    private static final String PREFIX = "headwater.inference.";

    private Limits() {}

    static void atLeastOne(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(PREFIX + key + " is " + value + ", but must be at least 1");
        }
    }

    static void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(PREFIX + key + " is " + value.toMillis() + " ms, but must be "
                    + least.toMillis() + " to " + most.toMillis() + " ms");
        }
    }
}
