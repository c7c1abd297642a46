package io.headwater.inference.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The tallies of all threads, those of the newest generation. Thread safe. */
public final class VersionTallies {
    private final List<VersionTally> all = new CopyOnWriteArrayList<>();

    /** A tally for one thread; the caller keeps it as long as the generation is the same. */
    public VersionTally open(Generation generation) {
        return open(VersionTally.of(generation));
    }

    VersionTally open(VersionTally fresh) {
        all.removeIf(tally -> tally.generation() < fresh.generation());
        all.add(fresh);
        return fresh;
    }

    /** What was counted of each version of a generation, since it was applied. */
    public Map<Long, VersionCounts> counts(long generation) {
        Map<Long, VersionCounts> sums = new LinkedHashMap<>();
        all.stream()
                .filter(tally -> tally.generation() == generation)
                .flatMap(tally -> tally.counts().stream())
                .forEach(counts -> sums.merge(counts.version(), counts, VersionCounts::plus));
        return sums;
    }
}
