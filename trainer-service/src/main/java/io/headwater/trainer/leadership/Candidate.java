package io.headwater.trainer.leadership;

import java.time.Duration;

/**
 * How a trainer stands for election.
 *
 * @param address where it answers, for those who ask another trainer
 * @param takeoverAfter how long a leader may be silent until another trainer takes over
 */
public record Candidate(String address, Duration takeoverAfter) {
    private static final Duration SHORTEST = Duration.ofSeconds(6);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Fails with a sentence when the time makes no sense. */
    public Candidate {
        if (takeoverAfter.compareTo(SHORTEST) < 0 || takeoverAfter.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("headwater.trainer.takeover-after is " + takeoverAfter
                    + ", but must be from 6 s to 5 min: Kafka's brokers allow no shorter session by default");
        }
    }
}
