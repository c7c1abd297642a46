package io.headwater.inference.instances;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a report is due: at every change, and when the last one is a heartbeat old. */
final class Pulse {
    private final Duration heartbeat;
    private Optional<InstanceState> reported = Optional.empty();
    private Instant reportedAt = Instant.MIN;

    Pulse(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    boolean isDue(InstanceState now, Instant at) {
        return !reported.equals(Optional.of(now)) || !at.isBefore(reportedAt.plus(heartbeat));
    }

    /** Notes that a report is safe in its topic. */
    void reported(InstanceState state, Instant at) {
        reported = Optional.of(state);
        reportedAt = at;
    }
}
