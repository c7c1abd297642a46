package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private final EarlyStopping stopping = new EarlyStopping(2);

    @Test
    void goes_on_while_the_loss_falls() {
        for (double loss = 3; loss > 0; loss--) {
            assertThat(stopping.improves(loss)).isTrue();
            assertThat(stopping.isEnough()).isFalse();
        }
    }

    @Test
    void is_enough_after_as_many_windows_without_a_better_loss_as_it_has_patience() {
        stopping.improves(1);
        stopping.improves(0.5);
        stopping.improves(0.6);
        assertThat(stopping.isEnough()).isFalse();
        stopping.improves(0.5);

        assertThat(stopping.isEnough()).isTrue();
        assertThat(stopping.bestWindow()).isEqualTo(2);
        assertThat(stopping.best()).isEqualTo(0.5);
    }

    @Test
    void a_loss_that_is_no_number_is_never_better() {
        assertThat(stopping.improves(Double.NaN)).isFalse();
        assertThat(stopping.improves(Double.NaN)).isFalse();

        assertThat(stopping.isEnough()).isTrue();
    }
}
