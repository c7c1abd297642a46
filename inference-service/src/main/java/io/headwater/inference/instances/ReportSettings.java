package io.headwater.inference.instances;

import java.time.Duration;

/**
 * How an instance reports.
 *
 * @param instance its name among the copies of the service
 * @param heartbeat how often it reports though nothing has changed, 1 s to 1 h
 */
public record ReportSettings(String instance, Duration heartbeat) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Fails with a sentence that names the key. */
    public ReportSettings {
        if (heartbeat.compareTo(SHORTEST) < 0 || heartbeat.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "headwater.inference.heartbeat is " + heartbeat.toMillis() + " ms, but must be 1000 to 3600000 ms");
        }
    }
}
