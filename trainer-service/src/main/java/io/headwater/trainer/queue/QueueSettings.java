package io.headwater.trainer.queue;

import java.time.Duration;

/**
 * How the queue of what to label next is made.
 *
 * @param candidates images that are chosen from, at most
 * @param randomShare share of what is offered that is for measuring: images of the holdout side, drawn without looking, 0 to 1
 * @param refresh time between two looks whether the order is another one
 */
public record QueueSettings(int candidates, double randomShare, Duration refresh) {
    private static final int MOST = 100_000;
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** What a trainer does that was told nothing else. */
    public static final QueueSettings DEFAULT = new QueueSettings(5_000, 0.2, Duration.ofSeconds(10));

    /** Fails with a sentence when a number makes no sense. */
    public QueueSettings {
        require(candidates >= 1 && candidates <= MOST, "candidates", candidates, "from 1 to " + MOST);
        require(randomShare >= 0 && randomShare <= 1, "random-share", randomShare, "from 0 to 1");
        require(refresh.compareTo(SHORTEST) >= 0, "refresh", refresh, "a tenth of a second or more");
    }

    private static void require(boolean holds, String key, Object value, String bounds) {
        if (!holds) {
            throw new IllegalArgumentException("headwater.queue." + key + " is " + value + ", but must be " + bounds);
        }
    }
}
