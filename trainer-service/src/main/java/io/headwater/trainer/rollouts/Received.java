package io.headwater.trainer.rollouts;

import io.headwater.events.InstanceReported;
import java.time.Duration;
import java.time.Instant;

/**
 * A report, and when it came to this trainer. Its age is measured from then, in time that only goes forward, since the clock of the
 * instance, the broker or the trainer may be set to anything.
 *
 * <p>When a report that was there already came is known to nobody but clocks. If those agree that it is fresh, it is. If they
 * don't, the instance is long gone or one of them is wrong: it is not {@code sure} until it reports again, and is believed
 * to be there for as long as that may take.
 *
 * @param nanos when it came
 * @param sure whether the instance is known to be there
 */
record Received(InstanceReported report, long nanos, boolean sure) {
    /** Reports that may be missed before an instance is believed to be gone. */
    private static final int MISSED = 3;

    /** More than any instance is told (headwater.inference.heartbeat). */
    private static final Duration LONGEST = Duration.ofHours(1).multipliedBy(MISSED);

    /** One that has just been written. */
    static Received heard(InstanceReported report, long nanos) {
        return new Received(report, nanos, true);
    }

    /** One that was in the topic when this trainer began to read it. */
    static Received replayed(InstanceReported report, Instant now, long nanos) {
        Duration age = Duration.between(report.getReportedAt(), now);
        return age.abs().compareTo(patience(report)) <= 0
                ? new Received(report, nanos - Math.max(0, age.toNanos()), true)
                : new Received(report, nanos, false);
    }

    /** Whether the instance is believed to be there. */
    boolean isLive(long now) {
        return now - nanos <= patience(report).toNanos();
    }

    private static Duration patience(InstanceReported report) {
        Duration patience = Duration.ofMillis(report.getHeartbeatMillis()).multipliedBy(MISSED);
        return patience.compareTo(LONGEST) < 0 ? patience : LONGEST;
    }
}
