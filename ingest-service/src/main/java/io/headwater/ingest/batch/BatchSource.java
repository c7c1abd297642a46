package io.headwater.ingest.batch;

import java.io.IOException;
import java.util.Optional;

/** The items of a batch as they come. One thread reads it. */
public interface BatchSource {
    /** Begins to read a batch, which tells what it is; that may wait for its sender. */
    interface Opening {
        /**
         * Its items.
         *
         * @throws io.headwater.ingest.problem.ProblemException if it is none that is known
         */
        BatchSource open() throws IOException;
    }

    /**
     * The next item, waiting for it; empty at the end.
     *
     * @throws io.headwater.ingest.problem.ProblemException if nothing more can be read, with the reason
     * @throws IOException if the batch ends early or is not what it seemed to be
     */
    Optional<BatchItem> next() throws IOException;
}
