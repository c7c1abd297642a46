package io.headwater.benchmarks.inference.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void a_percentile_is_the_value_of_the_nearest_rank_whatever_the_order() {
        long[] nanos =
                LongStream.rangeClosed(1, 1000).map(i -> (1001 - i) * MILLI).toArray();

        assertThat(Latencies.of(nanos)).isEqualTo(new Latencies(500, 900, 990, 999, 1000));
    }

    @Test
    void one_value_is_every_percentile() {
        assertThat(Latencies.of(new long[] {3 * MILLI})).isEqualTo(new Latencies(3, 3, 3, 3, 3));
    }
}
