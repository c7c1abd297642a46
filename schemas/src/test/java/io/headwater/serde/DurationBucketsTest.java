package io.headwater.serde;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DurationBucketsTest {
    @Test
    void every_bucket_begins_where_the_one_before_ends_and_is_a_quarter_wide_at_most() {
        for (int bucket = 0; bucket < DurationBuckets.COUNT; bucket++) {
            long from = DurationBuckets.from(bucket);
            long next = DurationBuckets.from(bucket + 1);
            assertThat(DurationBuckets.of(from)).isEqualTo(bucket);
            assertThat(DurationBuckets.of(next - 1)).isEqualTo(bucket);
            assertThat(next - from).isBetween(1L, Math.max(1, from / 4));
        }
    }

    @Test
    void nothing_is_too_long_or_too_short() {
        assertThat(DurationBuckets.of(Long.MAX_VALUE)).isEqualTo(DurationBuckets.COUNT - 1);
        assertThat(DurationBuckets.of(-1)).isZero();
        assertThat(DurationBuckets.from(DurationBuckets.COUNT - 1)).isEqualTo(14_680_064);
    }
}
