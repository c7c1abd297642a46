package io.headwater.inference.rollout;

import java.util.Arrays;

/** What was counted of a version. Immutable. */
public final class VersionCounts {
    private final long version;
    private final long images;
    private final long failed;
    private final long[] times;

    /**
     * @param images that it was scored on
     * @param failed those of them of which it gave no probabilities
     * @param times how long its head alone took, counts per {@link io.headwater.serde.DurationBuckets bucket}; not to be
     *     changed afterwards
     */
    public VersionCounts(long version, long images, long failed, long[] times) {
        this.version = version;
        this.images = images;
        this.failed = failed;
        this.times = times;
    }

    /** Model version. */
    public long version() {
        return version;
    }

    /** Images that it was scored on. */
    public long images() {
        return images;
    }

    /** Those of them of which it gave no probabilities. */
    public long failed() {
        return failed;
    }

    /** How long its head alone took for an image: counts per bucket. */
    public long[] times() {
        return times.clone();
    }

    VersionCounts plus(VersionCounts other) {
        return combined(other, 1);
    }

    /** What came since an earlier count of the same version. */
    public VersionCounts minus(VersionCounts earlier) {
        return combined(earlier, -1);
    }

    private VersionCounts combined(VersionCounts other, int sign) {
        long[] sums = new long[times.length];
        Arrays.setAll(sums, bucket -> times[bucket] + sign * other.times[bucket]);
        return new VersionCounts(version, images + sign * other.images, failed + sign * other.failed, sums);
    }
}
