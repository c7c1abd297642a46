package io.headwater.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.events.Estimate;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    /** The values that Newcombe (Statistics in Medicine 17, 1998, table I) gives for Wilson's method. */
    @Test
    void wilson_s_interval_is_the_published_one() {
        same(Intervals.share(81, 263), 0.3080, 0.2553, 0.3662);
        same(Intervals.share(15, 148), 0.1014, 0.0624, 0.1605);
        same(Intervals.share(0, 20), 0, 0, 0.1611);
        same(Intervals.share(1, 29), 0.0345, 0.0061, 0.1718);
        same(Intervals.share(20, 20), 1, 0.8389, 1);
    }

    @Test
    void a_share_of_nothing_may_be_anything() {
        same(Intervals.share(0, 0), 0, 0, 1);
    }

    /** Standard tables. */
    @Test
    void quantiles_are_those_of_the_tables() {
        assertThat(Normal.exceededWith(0.025)).isEqualTo(1.959964, within(1e-5));
        assertThat(Normal.exceededWith(0.003)).isEqualTo(2.747781, within(1e-4));
        assertThat(Normal.above(-1)).isEqualTo(0.841345, within(1e-6));
        assertThat(Normal.exceededWith(0.01, 19)).isEqualTo(2.5395, within(1e-3));
        assertThat(Normal.exceededWith(0.025, 9)).isEqualTo(2.2622, within(1e-3));
        assertThat(Normal.exceededWith(0.01, 399)).isEqualTo(2.3357, within(1e-3));
    }

    @Test
    void a_mean_difference_has_student_s_interval() {
        MeanDifference difference = MeanDifference.of(new double[] {1, 2, 3, 4, 5}, new double[] {0, 0, 0, 0, 0});

        Estimate estimate = difference.estimate(0.95);

        assertThat(difference.standardError()).isEqualTo(Math.sqrt(0.5), within(1e-12));
        assertThat(estimate.getLow()).isEqualTo(3 - 2.776 * Math.sqrt(0.5), within(0.02));
        assertThat(difference.atMost(0.025)).isEqualTo(estimate.getHigh(), within(1e-12));
    }

    @Test
    void one_difference_bounds_nothing() {
        assertThat(MeanDifference.of(new double[] {-9}, new double[] {0}).atMost(0.01))
                .isInfinite();
    }

    private static void same(Estimate estimate, double value, double low, double high) {
        assertThat(estimate.getValue()).isEqualTo(value, within(5e-5));
        assertThat(estimate.getLow()).isEqualTo(low, within(5e-5));
        assertThat(estimate.getHigh()).isEqualTo(high, within(5e-5));
    }
}
