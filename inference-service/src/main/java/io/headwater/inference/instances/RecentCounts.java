package io.headwater.inference.instances;

import io.headwater.inference.rollout.RolloutState;
import io.headwater.inference.rollout.VersionCounts;
import io.headwater.inference.rollout.VersionTallies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the versions in play did lately: since the generation was applied, and no longer ago than the last five to ten minutes,
 * so that what a version did well for hours hides no failure of now. One thread uses it.
 */
final class RecentCounts {
    private static final Duration SLICE = Duration.ofMinutes(5);
    private static final Mark NEVER = new Mark(Instant.EPOCH, 0, Map.of());

    private final VersionTallies tallies;
    private Optional<Long> generation = Optional.empty();
    private Mark from = NEVER;
    private Mark next = NEVER;

    private record Mark(Instant at, long nanos, Map<Long, VersionCounts> counts) {}

    /**
     * What they did.
     *
     * @param since since when; empty before the first generation
     */
    record Recent(Optional<Instant> since, List<VersionCounts> versions) {
        static final Recent NOTHING = new Recent(Optional.empty(), List.of());

        /** Failures, of all versions together. */
        long failed() {
            return versions.stream().mapToLong(VersionCounts::failed).sum();
        }
    }

    RecentCounts(VersionTallies tallies) {
        this.tallies = tallies;
    }

    /**
     * What they did until now.
     *
     * @param now for people
     * @param nanos that only go forward, to measure by
     */
    Recent read(RolloutState rollout, Instant now, long nanos) {
        if (rollout.generation().isEmpty()) {
            return Recent.NOTHING;
        }
        Map<Long, VersionCounts> total = tallies.counts(rollout.generation().get());
        if (!rollout.generation().equals(generation)) {
            generation = rollout.generation();
            from = new Mark(rollout.appliedAt().orElse(now), nanos, Map.of());
            next = from;
        } else if (nanos - next.nanos() >= SLICE.toNanos()) {
            from = next;
            next = new Mark(now, nanos, total);
        }
        return new Recent(
                Optional.of(from.at()),
                total.values().stream().map(this::recent).toList());
    }

    private VersionCounts recent(VersionCounts total) {
        VersionCounts before = from.counts().get(total.version());
        return before == null ? total : total.minus(before);
    }
}
