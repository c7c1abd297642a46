package io.headwater.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class MeanDiscrepancyTest {
    private static final int WINDOW = 40;
    private static final int WINDOWS = 400;

    private final Random random = new Random(1);

    /** A reference of its own for each: with one of them the windows would be right or wrong together. */
    @Test
    void false_alarms_are_as_rare_as_was_asked_for() {
        int five = 0;
        int twenty = 0;
        for (int i = 0; i < WINDOWS; i++) {
            double p = p(points(60, value -> value), points(WINDOW, value -> value), i);
            five += p <= 0.05 ? 1 : 0;
            twenty += p <= 0.2 ? 1 : 0;
        }

        // Of 400, 20 and 80 are expected; three standard deviations are 13 and 24.
        assertThat(five).isBetween(7, 33);
        assertThat(twenty).isBetween(56, 104);
    }

    @Test
    void a_shift_and_a_change_of_the_spread_are_found() {
        int shifted = 0;
        int wider = 0;
        for (int i = 0; i < 20; i++) {
            float[][] reference = points(100, value -> value);
            shifted += p(reference, points(WINDOW, value -> value + 0.5), i) <= 0.05 ? 1 : 0;
            // The means stay the same: only a kernel sees it.
            wider += p(reference, points(WINDOW, value -> value * 2), i) <= 0.05 ? 1 : 0;
        }

        assertThat(shifted).isGreaterThanOrEqualTo(18);
        assertThat(wider).isGreaterThanOrEqualTo(18);
    }

    @Test
    void samples_that_are_the_same_are_as_near_as_can_be() {
        float[][] points = points(50, value -> value);

        MeanDiscrepancy same = MeanDiscrepancy.of(points, points, 1);

        assertThat(same.statistic()).isZero();
        assertThat(same.p()).isEqualTo(1);
    }

    private double p(float[][] reference, float[][] window, long seed) {
        FourierFeatures fourier = new FourierFeatures(points(60, value -> value), 1);
        return MeanDiscrepancy.of(fourier.of(reference), fourier.of(window), seed)
                .p();
    }

    private float[][] points(int count, DoubleUnaryOperator change) {
        float[][] points = new float[count][6];
        for (float[] point : points) {
            for (int k = 0; k < point.length; k++) {
                point[k] = (float) change.applyAsDouble(random.nextGaussian());
            }
        }
        return points;
    }
}
