package io.headwater.ingest.batch;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.IOException;
import java.util.Optional;

/** Ends a batch that has too many items. */
final class CountedSource implements BatchSource {
    private final BatchSource source;
    private final long most;
    private long items;

    CountedSource(BatchSource source, long most) {
        this.source = source;
        this.most = most;
    }

    @Override
    public Optional<BatchItem> next() throws IOException {
        Optional<BatchItem> item = source.next();
        if (item.isPresent() && items++ == most) {
            throw new ProblemException(
                    ProblemKind.BROKEN_BATCH,
                    "the batch has more than " + most
                            + " items (headwater.batch.max-items); send the rest in another one");
        }
        return item;
    }
}
