package io.headwater.benchmarks.inference.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void what_grows_by_two_a_minute_has_that_slope_and_growth() {
        Trend trend = Trend.of(samples(i -> 100 + i));

        assertThat(trend.slope()).isCloseTo(2, within(1e-9));
        assertThat(trend.growth()).isCloseTo(6, within(1e-9));
        assertThat(trend.max()).isEqualTo(108);
    }

    @Test
    void what_goes_up_and_comes_down_again_does_not_grow() {
        Trend trend = Trend.of(samples(i -> 100 + 4 - Math.abs(i - 4)));

        assertThat(trend.slope()).isCloseTo(0, within(1e-9));
        assertThat(trend.growth()).isCloseTo(0, within(1e-9));
        assertThat(trend.max()).isEqualTo(104);
    }

    // Nine samples, two a minute.
    private static List<Trend.Sample> samples(IntToDoubleFunction value) {
        return IntStream.range(0, 9)
                .mapToObj(i -> new Trend.Sample(i / 2.0, value.applyAsDouble(i)))
                .toList();
    }
}
