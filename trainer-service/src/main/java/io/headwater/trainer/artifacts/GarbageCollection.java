package io.headwater.trainer.artifacts;

import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Removes files that nobody needs, once they have not been needed for a while. Their records stay, and their numbers stay
 * taken. It remembers for how long in memory only: after a restart the time begins again. Not thread safe.
 *
 * <p>A trainer that another has replaced without its noticing judges by what it read before. So it removes only within
 * {@link #FRESH} of having begun to read the topics to their end; nobody takes over from a silent one sooner.
 */
public final class GarbageCollection {
    /** Less than the shortest {@code headwater.trainer.takeover-after}. */
    static final Duration FRESH = Duration.ofSeconds(5);

    private static final Duration AT_LEAST_EVERY = Duration.ofHours(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);
    /** Files can wait: what has just started or ended has better to do. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ArtifactStore store;
    private final Retention retention;
    private final Clock clock;
    private final Map<String, Instant> unneededSince = new TreeMap<>();
    private Instant next = Instant.MIN;

    /** Of a store. */
    public GarbageCollection(ArtifactStore store, Retention retention, Clock clock) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
    }

    /** Begins anew: what was seen while another trainer led is not known. */
    public void begin() {
        unneededSince.clear();
        next = clock.instant().plus(SOON);
    }

    /** Whether it is time to read what is recorded and to {@link #collect}. */
    public boolean isDue() {
        return !clock.instant().isBefore(next);
    }

    /** Says that something was recorded: it is due soon. */
    public void recorded() {
        Instant soon = clock.instant().plus(SOON);
        next = next.isBefore(soon) ? next : soon;
    }

    /** Says that it could not be done: it is due in a minute. */
    public void failed() {
        next = clock.instant().plus(AFTER_A_FAILURE);
    }

    /**
     * Removes what has not been needed for long enough.
     *
     * @param recorded all versions
     * @param rollout the present one
     * @param readAt when reading these from their topics, to the end, began
     * @return the uris of what was removed
     */
    public List<String> collect(Collection<ModelPublished> recorded, RolloutChanged rollout, Instant readAt) {
        List<String> files = Stream.of("models", "backbones")
                .flatMap(directory -> store.list(directory).stream())
                .toList();
        List<String> unneeded = retention.unneeded(files, recorded, rollout);
        unneededSince.keySet().retainAll(unneeded);
        unneeded.forEach(uri -> unneededSince.putIfAbsent(uri, clock.instant()));
        List<String> removed = removeOld(readAt);
        Instant now = clock.instant();
        next = unneededSince.values().stream()
                .map(since -> since.plus(retention.grace()))
                .reduce(now.plus(AT_LEAST_EVERY), (a, b) -> a.isBefore(b) ? a : b);
        return removed;
    }

    private List<String> removeOld(Instant readAt) {
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, Instant> file : new TreeMap<>(unneededSince).entrySet()) {
            Instant now = clock.instant();
            if (now.isAfter(readAt.plus(FRESH))) {
                // The rest when the topics have been read again.
                break;
            }
            if (!now.isBefore(file.getValue().plus(retention.grace()))) {
                store.delete(file.getKey());
                unneededSince.remove(file.getKey());
                removed.add(file.getKey());
            }
        }
        return removed;
    }
}
