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
        assertThat(Gate.decide(quality(0.8), 0.3, Optional.of(quality(0.8)), 40).passes())
                .isTrue();
    }

    @Test
    void a_version_worse_than_stable_is_rejected() {
        var decision = Gate.decide(quality(0.79), 0.3, Optional.of(quality(0.8)), 40);

        assertThat(decision.passes()).isFalse();
        assertThat(decision.reason()).contains("0.7900", "is less than the 0.8000 of the stable version");
    }

    @Test
    void a_version_better_than_stable_but_not_than_guessing_is_rejected() {
        assertThat(Gate.decide(quality(0.3), 0.4, Optional.of(quality(0.1)), 40).passes())
                .isFalse();
    }

    private static Quality quality(double accuracy) {
        return new Quality(accuracy, 1.0);
    }
}
