package io.headwater.inference.instances;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a report is due: at every change, when the last one is a heartbeat old, and when as many images have failed again as it told
 * of: at the first at once, and however many there are, a report for each doubling.
 */
final class Pulse {
    private final Duration heartbeat;
    private Optional<InstanceState> reported = Optional.empty();
    private long reportedFailures;
    private Instant reportedAt = Instant.MIN;

    Pulse(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** Whether it is, with so many failures now. */
    boolean isDue(InstanceState now, long failures, Instant at) {
        return !reported.equals(Optional.of(now))
                || failures > 2 * reportedFailures
                || !at.isBefore(reportedAt.plus(heartbeat));
    }

    /** Notes that a report is safe in its topic. */
    void reported(InstanceState state, long failures, Instant at) {
        reported = Optional.of(state);
        reportedFailures = failures;
        reportedAt = at;
    }
}
