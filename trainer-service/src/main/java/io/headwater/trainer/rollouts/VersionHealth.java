package io.headwater.trainer.rollouts;

import io.headwater.events.VersionReported;
import io.headwater.serde.DurationBuckets;
import java.util.List;

/**
 * What the instances have seen of a version lately, all together.
 *
 * @param images that it was scored on
 * @param failed those of them of which it gave no probabilities
 * @param timed images on which its head was timed alone
 * @param medianMicros of these times: the lower end of its bucket, microseconds; 0 without any
 */
public record VersionHealth(long images, long failed, long timed, long medianMicros) {

    /** Adds what instances report of one version. */
    static VersionHealth of(List<VersionReported> reports) {
        long[] times = new long[DurationBuckets.COUNT];
        for (VersionReported report : reports) {
            List<Long> counts = report.getTimes();
            for (int bucket = 0; bucket < Math.min(times.length, counts.size()); bucket++) {
                times[bucket] += Math.max(0, counts.get(bucket));
            }
        }
        long timed = 0;
        for (long count : times) {
            timed += count;
        }
        return new VersionHealth(
                reports.stream().mapToLong(VersionReported::getImages).sum(),
                reports.stream().mapToLong(VersionReported::getFailed).sum(),
                timed,
                median(times, timed));
    }

    private static long median(long[] times, long timed) {
        long below = 0;
        for (int bucket = 0; bucket < times.length; bucket++) {
            below += times[bucket];
            if (times[bucket] > 0 && 2 * below >= timed) {
                return DurationBuckets.from(bucket);
            }
        }
        return 0;
    }

    /** What the median is at most, since a bucket is a quarter wide. */
    double medianAtMost() {
        return medianMicros + Math.max(1, medianMicros / 4.0);
    }
}
