package io.headwater.trainer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FallTestTest {
    private static final double ALARM = 40;

    @Test
    void the_bound_is_that_of_clopper_and_pearson() {
        // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, method 5.
        assertThat(ExactBound.below(81, 263, 0.025)).isCloseTo(0.2527, within(5e-5));
        assertThat(ExactBound.below(15, 148, 0.025)).isCloseTo(0.0578, within(5e-5));
        assertThat(ExactBound.below(0, 20, 0.025)).isZero();
        assertThat(ExactBound.below(20, 20, 0.025)).isCloseTo(Math.pow(0.025, 1.0 / 20), within(1e-9));
        assertThat(ExactBound.below(90_000, 100_000, 0.025)).isCloseTo(0.8981, within(1e-4));
    }

    @Test
    void nothing_and_right_answers_are_no_evidence() {
        assertThat(FallTest.evidence(List.of(), 0.8)).isEqualTo(1);
        assertThat(FallTest.evidence(Collections.nCopies(1_000, true), 0.8)).isEqualTo(1);
    }

    @Test
    void on_average_nobody_gets_richer_while_the_promise_holds() {
        // All 2^12 sequences, each as probable as it is when the promise holds exactly.
        double promise = 0.7;
        double expected = 0;
        for (int bits = 0; bits < 1 << 12; bits++) {
            int sequence = bits;
            List<Boolean> answers = IntStream.range(0, 12)
                    .mapToObj(i -> (sequence >> i & 1) == 1)
                    .toList();
            int right = Integer.bitCount(bits);
            double probability = Math.pow(promise, right) * Math.pow(1 - promise, 12 - right);
            expected += probability * FallTest.wealth(answers, promise).get(11);
        }

        assertThat(expected).isCloseTo(1, within(1e-9));
    }

    @Test
    void only_wrong_answers_are_endless_evidence_that_is_still_a_number() {
        assertThat(FallTest.evidence(Collections.nCopies(5_000, false), 0.99))
                .isFinite()
                .isGreaterThan(1e300);
    }

    @Test
    void a_fall_that_begins_late_is_found_too() {
        Random random = new Random(7);
        List<Boolean> answers = new ArrayList<>(draw(random, 1_000, 0.85));
        assertThat(FallTest.evidence(answers, 0.83)).isLessThan(ALARM);

        answers.addAll(draw(random, 400, 0.65));

        assertThat(FallTest.evidence(answers, 0.83)).isGreaterThan(ALARM);
    }

    private static List<Boolean> draw(Random random, int count, double accuracy) {
        return IntStream.range(0, count)
                .mapToObj(i -> random.nextDouble() < accuracy)
                .toList();
    }
}
