package io.headwater.security.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private static final OptionalLong NONE = OptionalLong.empty();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong nanos = new AtomicLong(-5);

    @Test
    void what_is_used_up_comes_back_evenly() {
        Quotas quotas = new Quotas(OptionalLong.of(6), NONE, MINUTE, nanos::get);
        for (int i = 5; i >= 0; i--) {
            Quotas.Answer answer = quotas.take("a", 0);
            assertThat(answer.isOver()).isFalse();
            assertThat(answer.limits()).isEqualTo("\"requests\";r=" + i + ";t=" + (6 - i) * 10);
        }

        Quotas.Answer refused = quotas.take("a", 0);

        assertThat(refused).isEqualTo(new Quotas.Answer(true, 10, "\"requests\";r=0;t=60"));
        pass(Duration.ofMillis(9_999));
        assertThat(quotas.take("a", 0).secondsToWait()).isEqualTo(1);
        pass(Duration.ofMillis(1));
        assertThat(quotas.take("a", 0).isOver()).isFalse();
        assertThat(quotas.take("a", 0).isOver()).isTrue();
    }

    @Test
    void no_more_than_a_window_is_saved_up() {
        Quotas quotas = new Quotas(OptionalLong.of(2), NONE, MINUTE, nanos::get);
        quotas.take("a", 0);

        pass(Duration.ofSeconds(90));

        assertThat(quotas.take("a", 0).limits()).contains("r=1;");
        assertThat(quotas.take("a", 0).isOver()).isFalse();
        assertThat(quotas.take("a", 0).isOver()).isTrue();
    }

    @Test
    void an_upload_larger_than_the_window_goes_through_and_is_waited_for() {
        Quotas quotas = new Quotas(NONE, OptionalLong.of(600), MINUTE, nanos::get);

        assertThat(quotas.take("a", 1_200).isOver()).isFalse();

        // 600 are owed, and one more is needed.
        assertThat(quotas.take("a", 1)).isEqualTo(new Quotas.Answer(true, 61, "\"bytes\";r=0;t=120"));
        pass(Duration.ofSeconds(61));
        assertThat(quotas.take("a", 1).isOver()).isFalse();
    }

    @Test
    void bytes_that_were_not_declared_are_charged_when_they_have_come() {
        Quotas quotas = new Quotas(NONE, OptionalLong.of(600), MINUTE, nanos::get);
        quotas.take("a", 0);

        quotas.charge("a", 600);

        assertThat(quotas.take("a", 0).isOver()).isTrue();
    }

    @Test
    void each_has_an_account_of_its_own_and_a_refused_request_costs_nothing() {
        Quotas quotas = new Quotas(OptionalLong.of(1), OptionalLong.of(10), MINUTE, nanos::get);
        quotas.take("a", 3);

        assertThat(quotas.take("a", 7).isOver()).isTrue();
        assertThat(quotas.take("b", 0).isOver()).isFalse();
        assertThat(quotas.take("a", 7).limits()).isEqualTo("\"requests\";r=0;t=60, \"bytes\";r=7;t=18");
    }

    @Test
    void the_policy_says_both_windows() {
        assertThat(new Quotas(OptionalLong.of(600), OptionalLong.of(1_000_000), MINUTE, nanos::get).policy())
                .isEqualTo("\"requests\";q=600;w=60, \"bytes\";q=1000000;qu=\"content-bytes\";w=60");
    }

    @Test
    void accounts_are_bounded_and_the_silent_ones_forgotten() {
        Quotas quotas = new Quotas(OptionalLong.of(5), NONE, MINUTE, nanos::get);
        for (int i = 0; i < 30_000; i++) {
            quotas.take("account " + i, 0);
        }
        assertThat(quotas.accounts()).isLessThanOrEqualTo(10_000);

        pass(Duration.ofMinutes(2).plusNanos(1));

        assertThat(quotas.accounts()).isZero();
    }

    @Test
    void who_owes_more_than_two_windows_is_not_forgotten_before_it_has_come_back() {
        Quotas quotas = new Quotas(NONE, OptionalLong.of(600), MINUTE, nanos::get);
        quotas.take("declared", 6_000);
        quotas.take("undeclared", 0);
        quotas.charge("undeclared", 6_000);

        pass(MINUTE.multipliedBy(3));

        assertThat(quotas.accounts()).isEqualTo(2);
        assertThat(quotas.take("declared", 0).isOver()).isTrue();
        assertThat(quotas.take("undeclared", 0).isOver()).isTrue();
        pass(MINUTE.multipliedBy(7).plusNanos(1));
        assertThat(quotas.accounts()).isZero();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
