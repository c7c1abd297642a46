package io.headwater.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void counts_the_examples_on_which_only_one_is_right() {
        Tally tally = Tally.of(
                new boolean[] {true, true, false, false, true}, new boolean[] {true, false, true, false, false});

        assertThat(tally).isEqualTo(new Tally(5, 2, 1));
    }

    /** Against the binomial distribution: 1 + 10 + 45 + 120 of 1024 throws have seven heads or more of ten. */
    @Test
    void mcnemar_s_test_is_exact() {
        Tally tally = new Tally(100, 3, 7);

        assertThat(tally.pWorse()).isEqualTo(176 / 1024.0, within(1e-12));
        assertThat(tally.pBetter()).isEqualTo(1 - 56 / 1024.0, within(1e-12));
        assertThat(tally.pDifferent()).isEqualTo(352 / 1024.0, within(1e-12));
    }

    @Test
    void equals_are_not_different() {
        assertThat(new Tally(100, 5, 5).pDifferent()).isEqualTo(1);
        assertThat(new Tally(100, 0, 0).pDifferent()).isEqualTo(1);
        assertThat(new Tally(100, 0, 0).pWorse()).isEqualTo(1);
    }

    @Test
    void many_differences_are_no_more_than_a_number() {
        // The normal distribution with its correction for continuity: (51000 - 50000 - 0.5) / sqrt(25000).
        assertThat(new Tally(200_000, 49_000, 51_000).pWorse())
                .isEqualTo(Normal.above(999.5 / Math.sqrt(25_000)), within(1e-11));
    }

    /** With no difference among n the score is sqrt(n m / (1 - m)). */
    @Test
    void being_worse_by_the_margin_is_excluded_by_many_equal_answers() {
        assertThat(new Tally(100, 0, 0).pWorseBy(0.03)).isEqualTo(Normal.above(Math.sqrt(3 / 0.97)), within(1e-9));
        assertThat(new Tally(400, 0, 0).pWorseBy(0.03)).isLessThan(0.001);
    }

    /** 30 fewer of 1,000 is exactly the margin: neither more nor less probable than a half. */
    @Test
    void losing_the_margin_is_as_probable_as_not() {
        assertThat(new Tally(1000, 50, 80).pWorseBy(0.03)).isEqualTo(0.5, within(1e-9));
    }

    /** The restricted likelihood is largest at the share the formula gives: found here by looking everywhere. */
    @Test
    void the_score_uses_the_most_probable_shares_that_are_worse_by_the_margin() {
        int n = 200;
        int wins = 9;
        int losses = 12;
        double best = 0;
        double bestLikelihood = Double.NEGATIVE_INFINITY;
        for (double share = 1e-6; share < 0.4; share += 1e-6) {
            double likelihood = wins * Math.log(share)
                    + losses * Math.log(share + 0.03)
                    + (n - wins - losses) * Math.log(1 - 2 * share - 0.03);
            if (likelihood > bestLikelihood) {
                bestLikelihood = likelihood;
                best = share;
            }
        }
        double deviation = Math.sqrt(n * (2 * best + 0.03 - 0.03 * 0.03));

        assertThat(new Tally(n, wins, losses).pWorseBy(0.03))
                .isEqualTo(Normal.above((wins - losses + 0.03 * n) / deviation), within(1e-5));
    }

    @Test
    void nothing_is_excluded_without_examples() {
        assertThat(new Tally(0, 0, 0).pWorseBy(0.03)).isEqualTo(1);
    }

    @Test
    void impossible_counts_are_refused() {
        assertThatThrownBy(() -> new Tally(3, 2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tally.of(new boolean[1], new boolean[2])).isInstanceOf(IllegalArgumentException.class);
    }
}
