package io.headwater.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headwater.events.Quality;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    @Test
    void counts_right_answers_and_averages_the_log_loss() {
        float[][] probabilities = {{0.5f, 0.5f}, {0.25f, 0.75f}, {0.75f, 0.25f}};

        Quality quality = Evaluation.quality(probabilities, List.of("a", "b"), List.of("a", "b", "b"));

        assertThat(quality.getAccuracy()).isEqualTo(2 / 3.0, within(1e-12));
        assertThat(quality.getLogLoss())
                .isEqualTo(-(Math.log(0.5) + Math.log(0.75) + Math.log(0.25)) / 3, within(1e-12));
    }

    @Test
    void a_label_that_the_model_does_not_know_is_wrong_but_not_infinitely_so() {
        Quality quality = Evaluation.quality(new float[][] {{1f, 0f}}, List.of("a", "b"), List.of("c"));

        assertThat(quality.getAccuracy()).isZero();
        assertThat(quality.getLogLoss()).isEqualTo(-Math.log(1e-15), within(1e-9));
    }

    @Test
    void matches_labels_by_name_and_not_by_place() {
        Quality quality = Evaluation.quality(new float[][] {{0.9f, 0.1f}}, List.of("b", "a"), List.of("b"));

        assertThat(quality.getAccuracy()).isEqualTo(1);
    }

    @Test
    void the_baseline_guesses_the_commonest_class_of_the_training_part() {
        assertThat(Evaluation.baselineAccuracy(List.of("a", "b", "b"), List.of("a", "a", "a", "b")))
                .isEqualTo(0.25);
    }

    @Test
    void the_baseline_takes_the_first_by_name_of_two_equally_common() {
        assertThat(Evaluation.baselineAccuracy(List.of("b", "a"), List.of("a", "a", "b", "a")))
                .isEqualTo(0.75);
    }

    @Test
    void nothing_can_be_measured_on_an_empty_holdout() {
        assertThatThrownBy(() -> Evaluation.quality(new float[0][], List.of("a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
