package io.headwater.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GuessingTest {

    @Test
    void guesses_the_commonest_class_of_the_training_part() {
        Guessing guessing = new Guessing(List.of("a", "b", "b"));

        assertThat(guessing.accuracy(List.of("a", "a", "a", "b"))).isEqualTo(0.25);
        assertThat(guessing.right(List.of("a", "b"))).containsExactly(false, true);
    }

    @Test
    void takes_the_first_by_name_of_two_equally_common() {
        assertThat(new Guessing(List.of("b", "a")).accuracy(List.of("a", "a", "b", "a")))
                .isEqualTo(0.75);
    }
}
