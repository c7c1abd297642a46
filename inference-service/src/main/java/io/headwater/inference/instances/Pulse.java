package io.headwater.inference.instances;

import java.time.Duration;
import java.util.Optional;

/**
 * When a report is due: at every change, when the last one is a heartbeat old, and when as many images have failed again as it told
 * of: at the first at once, and however many there are, a report for each doubling.
 */
final class Pulse {
    private final Duration heartbeat;
    private Optional<InstanceState> reported = Optional.empty();
    private long reportedFailures;
    private long reportedAt;

    Pulse(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    /**
     * Whether it is, with so many failures now.
     *
     * @param at nanoseconds that only go forward: a clock that is set back must not silence the instance
     */
    boolean isDue(InstanceState now, long failures, long at) {
        return !reported.equals(Optional.of(now))
                || failures > 2 * reportedFailures
                || at - reportedAt >= heartbeat.toNanos();
    }

    /** Notes that a report is safe in its topic; {@code at} as before. */
    void reported(InstanceState state, long failures, long at) {
        reported = Optional.of(state);
        reportedFailures = failures;
        reportedAt = at;
    }
}
