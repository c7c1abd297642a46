package io.headwater.serde;

/**
 * The buckets in which events count durations: four to each doubling, so that a bucket's ends differ by a quarter at most. The
 * first four are 0, 1, 2 and 3 µs; from there on the two highest bits after the leading one choose among the four. As the linear
 * buckets of HdrHistogram, with two bits.
 */
public final class DurationBuckets {
    /** How many there are. The last takes everything from 14.7 s on. */
    public static final int COUNT = 92;

    private static final int BITS = 2;
    private static final int PARTS = 1 << BITS;

    private DurationBuckets() {}

    /**
     * The bucket of a duration.
     *
     * @param micros microseconds, 0 or more
     */
    public static int of(long micros) {
        if (micros < PARTS) {
            return (int) Math.max(0, micros);
        }
        int highest = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        int part = (int) (micros >>> (highest - BITS)) & (PARTS - 1);
        return Math.min(COUNT - 1, (highest - 1) * PARTS + part);
    }

    /** The shortest duration in a bucket, microseconds. */
    public static long from(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int highest = bucket / PARTS + 1;
        return (long) (PARTS + bucket % PARTS) << (highest - BITS);
    }
}
