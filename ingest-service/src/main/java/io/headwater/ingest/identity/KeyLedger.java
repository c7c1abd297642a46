package io.headwater.ingest.identity;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which bytes the newest keys stood for, so that a key is not taken for two pictures. It forgets the oldest when it is
 * full, and knows only what this instance took in or has read in the stream. Thread safe.
 */
public final class KeyLedger {
    private final Map<String, Print> prints;

    /**
     * An empty ledger.
     *
     * @param capacity keys that it remembers
     */
    public KeyLedger(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException(
                    "headwater.intake.remembered-keys is " + capacity + ", but must be 0 or more");
        }
        prints = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Print> eldest) {
                return size() > capacity;
            }
        };
    }

    /** The first half of a SHA-256: nobody meets it by chance. */
    private record Print(long first, long second) {
        static Print of(String sha256) {
            return new Print(Long.parseUnsignedLong(sha256, 0, 16, 16), Long.parseUnsignedLong(sha256, 16, 32, 16));
        }
    }

    /**
     * Takes a key for these bytes, for good: whatever becomes of them, they may be in the stream.
     *
     * @return false if it stands for others, which it goes on doing
     */
    public synchronized boolean claim(String key, String sha256) {
        Print print = Print.of(sha256);
        return print.equals(prints.computeIfAbsent(key, unknown -> print));
    }

    /** Whether {@link #claim} would say yes. */
    public synchronized boolean allows(String key, String sha256) {
        Print known = prints.get(key);
        return known == null || known.equals(Print.of(sha256));
    }
}
