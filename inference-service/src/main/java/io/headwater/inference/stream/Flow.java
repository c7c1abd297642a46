package io.headwater.inference.stream;

import java.time.Duration;

/**
 * How much is on its way at a time, and how long results wait for others.
 *
 * @param batchSize images in one commit: with so many it is due
 * @param commitInterval and when the first of its results is so old
 * @param linger how long the producer gathers records for one request; a commit ends it
 * @param fetchBytes most bytes of a partition in one fetch
 * @param imagesInFlight most images between poll and result
 * @param bytesInFlight of their records; one poll more may be taken
 */
public record Flow(
        int batchSize,
        Duration commitInterval,
        Duration linger,
        int fetchBytes,
        int imagesInFlight,
        long bytesInFlight) {
    /** Kafka's own default. More would be fetched ahead, and copied by every collection of garbage. */
    public static final int FETCH_BYTES = 1 << 20;
    /** Few, so that the first results of a poll don't wait long for the last. */
    private static final int POLL = 16;
    /** A transaction that lasts longer is ended by the broker. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Fails with a sentence that names the key. */
    public Flow {
        Limits.atLeastOne("batch-size", batchSize);
        Limits.between("commit-interval", commitInterval, Duration.ZERO, LONGEST);
        Limits.between("linger", linger, Duration.ZERO, LONGEST);
        Limits.atLeastOne("fetch-size", fetchBytes);
        Limits.atLeastOne("images-in-flight", imagesInFlight);
        Limits.atLeastOne("bytes-in-flight", bytesInFlight);
    }

    /** With a profile's settings. */
    public static Flow of(Profile profile, int imagesInFlight, long bytesInFlight) {
        return new Flow(
                profile.batchSize(),
                profile.commitInterval(),
                profile.linger(),
                FETCH_BYTES,
                imagesInFlight,
                bytesInFlight);
    }

    /** Images that are polled, computed and sent together, with one generation. */
    int imagesPerPoll() {
        return Math.min(POLL, Math.min(batchSize, imagesInFlight));
    }

    /** Whether another poll fits beside what is in flight. */
    boolean isRoom(int images, long bytes) {
        return images + imagesPerPoll() <= imagesInFlight && bytes < bytesInFlight;
    }

    /**
     * Whether results are to be committed.
     *
     * @param images whose results were sent since the last commit
     * @param ageNanos of the first of these results
     * @param idle whether no other image is on its way
     */
    boolean isCommitDue(int images, long ageNanos, boolean idle) {
        return images > 0 && (idle || images >= batchSize || ageNanos >= commitInterval.toNanos());
    }
}
