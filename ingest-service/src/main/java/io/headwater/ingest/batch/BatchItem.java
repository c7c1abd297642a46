package io.headwater.ingest.batch;

import io.headwater.ingest.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One item of a batch, read but not yet worked on.
 *
 * @param name in its archive or form; empty if it has none
 * @param work takes it in, on a worker's thread; the outcome or a {@link ProblemException}. It is called once
 */
public record BatchItem(Optional<String> name, Supplier<Uni<Outcome>> work) {
    private static final int LONGEST_NAME = 256;

    /** Holds the name to a length that may be repeated in an answer. */
    public BatchItem {
        name = name.map(text -> text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...");
    }

    /**
     * What became of an accepted item.
     *
     * @param status what a request of its own would have been answered with
     * @param id of the image
     * @param label as it was recorded, if there was one
     */
    public record Outcome(int status, String id, Optional<String> label) {}

    /** An item of which it is known already what is wrong with it. */
    public static BatchItem refused(Optional<String> name, ProblemException problem) {
        return new BatchItem(name, () -> Uni.createFrom().failure(problem));
    }
}
