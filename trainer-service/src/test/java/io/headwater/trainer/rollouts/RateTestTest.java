package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RateTestTest {
    @Test
    void nothing_seen_is_no_evidence() {
        assertThat(RateTest.evidence(0, 0, 0.01)).isEqualTo(1);
    }

    @Test
    void what_happens_always_is_found_at_once_and_what_happens_twice_as_often_in_time() {
        assertThat(RateTest.evidence(2, 2, 0.01)).isGreaterThan(100);
        assertThat(RateTest.evidence(1, 100, 0.01)).isLessThan(1.5);
        assertThat(RateTest.evidence(60, 3_000, 0.01)).isGreaterThan(100);
    }

    @Test
    void counts_without_end_give_a_number() {
        assertThat(RateTest.evidence(50_000_000, 50_000_000, 0.01)).isEqualTo(Double.MAX_VALUE);
        assertThat(RateTest.evidence(0, 50_000_000, 0.01)).isZero();
    }

    @Test
    void looking_after_each_image_finds_what_is_at_the_limit_to_be_above_it_in_one_of_a_hundred_cases_at_most() {
        Random random = new Random(7);
        int found = 0;
        for (int run = 0; run < 2_000; run++) {
            int happened = 0;
            boolean above = false;
            for (int tries = 1; tries <= 1_000 && !above; tries++) {
                happened += random.nextInt(100) == 0 ? 1 : 0;
                above = RateTest.evidence(happened, tries, 0.01) >= 100;
            }
            found += above ? 1 : 0;
        }
        // 20 are expected at the very most; with a probability of 1 in 1,000 they would be more than 35
        assertThat(found).isLessThanOrEqualTo(35);
    }
}
