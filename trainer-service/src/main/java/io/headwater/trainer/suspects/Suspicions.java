package io.headwater.trainer.suspects;

import java.time.Instant;
import java.util.List;

/**
 * What one search found.
 *
 * @param version the version after whose training it was made
 * @param computedAt when it ended
 * @param examples examples that were looked at, of both sides of the split
 * @param suspects the suspected ones, those of the largest margin first
 */
record Suspicions(long version, Instant computedAt, int examples, List<Suspect> suspects) {

    /** Keeps a copy. */
    Suspicions {
        suspects = List.copyOf(suspects);
    }
}
