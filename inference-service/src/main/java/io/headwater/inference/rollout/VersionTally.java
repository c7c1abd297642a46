package io.headwater.inference.rollout;

import io.headwater.inference.model.Head;
import io.headwater.serde.DurationBuckets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * What one thread counts of the versions of one generation. That thread writes and any other reads: no lock, no counter that
 * threads share, nothing that is allocated for an image. Versions are told by their place among {@link Generation#heads()}.
 */
public final class VersionTally {
    private static final int IMAGES = 0;
    private static final int FAILED = 1;
    private static final int TIMES = 2;
    private static final int WIDTH = TIMES + DurationBuckets.COUNT;

    /** Of no generation, so that nothing is counted in it. */
    public static final VersionTally NONE = new VersionTally(0, List.of());

    private final long generation;
    private final List<Long> versions;
    private final AtomicLongArray numbers;

    VersionTally(long generation, List<Long> versions) {
        this.generation = generation;
        this.versions = versions;
        this.numbers = new AtomicLongArray(versions.size() * WIDTH);
    }

    static VersionTally of(Generation generation) {
        return new VersionTally(
                generation.number(),
                generation.heads().stream().map(Head::version).toList());
    }

    /** The generation whose versions it counts. */
    public long generation() {
        return generation;
    }

    /** How many versions there are. */
    public int size() {
        return versions.size();
    }

    /** A version was scored on an image; {@code answered} tells whether probabilities came of it. */
    public void scored(int place, boolean answered) {
        add(place * WIDTH + IMAGES);
        if (!answered) {
            add(place * WIDTH + FAILED);
        }
    }

    /** A version's head alone took that long for an image. */
    public void took(int place, long nanos) {
        add(place * WIDTH + TIMES + DurationBuckets.of(nanos / 1000));
    }

    // There is one writer, so nobody comes between reading and writing.
    private void add(int index) {
        numbers.setRelease(index, numbers.getPlain(index) + 1);
    }

    /** What was counted until now of each version, in their order; any thread may ask. */
    List<VersionCounts> counts() {
        return IntStream.range(0, versions.size()).mapToObj(this::counts).toList();
    }

    private VersionCounts counts(int place) {
        int from = place * WIDTH;
        long[] times = new long[DurationBuckets.COUNT];
        for (int bucket = 0; bucket < times.length; bucket++) {
            times[bucket] = numbers.getAcquire(from + TIMES + bucket);
        }
        // Failures first: of an image that is being counted now, a failure must not be there without its image.
        long failed = numbers.getAcquire(from + FAILED);
        return new VersionCounts(versions.get(place), numbers.getAcquire(from + IMAGES), failed, times);
    }
}
