package io.headwater.trainer.trainingset;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the examples at or after some offsets. It keeps count for the offsets that were asked about last, and looks at all
 * examples only when the question changes or the oldest answer has gone. Not thread safe.
 */
final class FreshLabels {
    private static final long NEVER = Long.MAX_VALUE;

    private Map<Integer, Long> since = Map.of();
    private int count;
    private long oldest = NEVER;
    private boolean oldestHasGone;

    void added(Example example) {
        if (isFresh(example)) {
            count++;
            oldest = Math.min(oldest, example.at());
        }
    }

    void removed(Example example) {
        if (isFresh(example)) {
            count--;
            oldestHasGone |= example.at() <= oldest;
        }
    }

    void clear() {
        count = 0;
        oldest = NEVER;
        oldestHasGone = false;
    }

    NewLabels since(Map<Integer, Long> asked, Iterable<Example> all) {
        if (oldestHasGone || !asked.equals(since)) {
            since = Map.copyOf(asked);
            clear();
            all.forEach(this::added);
        }
        return new NewLabels(count, count == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest)));
    }

    private boolean isFresh(Example example) {
        return example.offset() >= since.getOrDefault(example.partition(), 0L);
    }
}
