package io.headwater.inference.deadletters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a replay did. Everything in {@code replayed} is committed in {@code images}.
 *
 * @param request its id, also in the headers of what was put back
 * @param at when
 * @param dryRun whether it only tells what it would have done
 * @param replayed what was put back, in that order
 * @param skipped what was meant, but not put back, and why; at most {@value ReplayRequest#MOST}
 * @param more whether the limit left some out: the same request again goes on with them
 */
record ReplayAnswer(
        String request, Instant at, boolean dryRun, List<Replayed> replayed, List<Skipped> skipped, boolean more) {

    /**
     * One that was put back.
     *
     * @param partition of the dead-letter topic
     * @param offset there
     * @param imageId its key; empty where it has none
     * @param toPartition the partition of {@code images} that it is in again
     */
    record Replayed(int partition, long offset, Optional<String> imageId, int toPartition) {}

    /**
     * One that was not.
     *
     * @param partition of the dead-letter topic
     * @param offset there
     * @param why a sentence
     */
    record Skipped(int partition, long offset, String why) {}
}
