package io.headwater.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headwater.events.Quality;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void counts_right_answers_and_averages_the_log_loss() {
        float[][] probabilities = {{0.5f, 0.5f}, {0.25f, 0.75f}, {0.75f, 0.25f}};

        Quality quality = new Answers(List.of("a", "b"), probabilities, List.of("a", "b", "b")).quality();

        assertThat(quality.getAccuracy()).isEqualTo(2 / 3.0, within(1e-12));
        assertThat(quality.getLogLoss())
                .isEqualTo(-(Math.log(0.5) + Math.log(0.75) + Math.log(0.25)) / 3, within(1e-12));
    }

    @Test
    void a_label_that_the_model_does_not_know_is_wrong_but_not_infinitely_so() {
        Answers answers = new Answers(List.of("a", "b"), new float[][] {{1f, 0f}}, List.of("c"));

        assertThat(answers.quality().getAccuracy()).isZero();
        assertThat(answers.quality().getLogLoss()).isEqualTo(-Math.log(1e-15), within(1e-9));
        assertThat(answers.rank(0)).isEqualTo(2);
    }

    @Test
    void matches_labels_by_name_and_not_by_place() {
        Answers answers = new Answers(List.of("b", "a"), new float[][] {{0.9f, 0.1f}}, List.of("b"));

        assertThat(answers.quality().getAccuracy()).isEqualTo(1);
    }

    @Test
    void of_equally_probable_labels_the_first_is_the_answer() {
        Answers answers = new Answers(
                List.of("a", "b", "c"), new float[][] {{0.4f, 0.4f, 0.2f}, {0.4f, 0.4f, 0.2f}}, List.of("a", "b"));

        assertThat(answers.right()).containsExactly(true, false);
        assertThat(answers.rank(0)).isZero();
        assertThat(answers.rank(1)).isEqualTo(1);
    }

    @Test
    void some_of_them_are_answers_too() {
        Answers answers = new Answers(
                List.of("a", "b"), new float[][] {{0.9f, 0.1f}, {0.2f, 0.8f}, {0.3f, 0.7f}}, List.of("a", "a", "b"));

        Answers some = answers.only(new int[] {2, 1});

        assertThat(some.right()).containsExactly(true, false);
        assertThat(some.losses()[1]).isEqualTo(answers.losses()[1]);
    }

    @Test
    void nothing_can_be_measured_without_examples_or_with_fewer_answers_than_examples() {
        assertThatThrownBy(() -> new Answers(List.of("a"), new float[0][], List.of()).quality())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Answers(List.of("a"), new float[0][], List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 answers");
    }
}
