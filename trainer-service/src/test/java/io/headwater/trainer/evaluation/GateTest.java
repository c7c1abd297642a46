package io.headwater.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Quality;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {

    @Test
    void the_first_version_passes_if_it_beats_guessing() {
        var decision = Gate.decide(quality(0.8), 0.3, Optional.empty(), 40);

        assertThat(decision.passes()).isTrue();
        assertThat(decision.reason()).contains("0.8000", "0.3000", "40 held-out examples");
    }

    @Test
    void a_version_that_only_guesses_the_commonest_class_is_rejected() {
        var decision = Gate.decide(quality(0.6), 0.6, Optional.empty(), 40);

        assertThat(decision.passes()).isFalse();
        assertThat(decision.reason()).contains("not better than the 0.6000 of always guessing");
    }

    @Test
    void a_version_as_good_as_stable_passes() {
        assertThat(decide(quality(0.8, 1.0), new Paired(quality(0.8, 1.0), 3, 3))
                        .passes())
                .isTrue();
    }

    @Test
    void a_version_clearly_worse_than_stable_is_rejected_however_sure_of_itself() {
        var decision = decide(quality(0.70, 0.5), new Paired(quality(0.8, 1.0), 2, 42));

        assertThat(decision.passes()).isFalse();
        assertThat(decision.reason())
                .contains("is worse than the stable version", "0.7000 against 0.8000", "right on 2", "wrong on 42");
    }

    @Test
    void one_picture_less_with_a_better_log_loss_is_not_worse() {
        assertThat(decide(quality(0.7975, 0.6), new Paired(quality(0.8, 0.7), 20, 21))
                        .passes())
                .isTrue();
    }

    @Test
    void one_picture_less_with_a_worse_log_loss_is_worse() {
        assertThat(decide(quality(0.7975, 0.8), new Paired(quality(0.8, 0.7), 20, 21))
                        .passes())
                .isFalse();
    }

    @Test
    void just_within_one_standard_error_passes_and_just_beyond_does_not() {
        // 16 differ: the standard error is 4.
        assertThat(decide(quality(0.79, 0.6), new Paired(quality(0.8, 0.7), 6, 10))
                        .passes())
                .isTrue();
        assertThat(decide(quality(0.785, 0.6), new Paired(quality(0.8, 0.7), 5, 11))
                        .passes())
                .isFalse();
    }

    @Test
    void a_version_better_than_stable_but_not_than_guessing_is_rejected() {
        var decision = Gate.decide(quality(0.3), 0.4, Optional.of(new Paired(quality(0.1), 9, 1)), 40);

        assertThat(decision.passes()).isFalse();
    }

    private static Gate.Decision decide(Quality trained, Paired beside) {
        return Gate.decide(trained, 0.3, Optional.of(beside), 400);
    }

    private static Quality quality(double accuracy) {
        return quality(accuracy, 1.0);
    }

    private static Quality quality(double accuracy, double logLoss) {
        return new Quality(accuracy, logLoss);
    }
}
