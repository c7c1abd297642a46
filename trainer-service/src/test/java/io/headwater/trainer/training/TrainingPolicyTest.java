package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.trainer.training.TrainingPolicy.Situation;
import io.headwater.trainer.training.TrainingPolicy.Train;
import io.headwater.trainer.training.TrainingPolicy.Wait;
import io.headwater.trainer.trainingset.ClassCount;
import io.headwater.trainer.trainingset.NewLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Map<String, ClassCount> ENOUGH =
            Map.of("cat", new ClassCount(5, 1), "dog", new ClassCount(5, 0));

    private final TrainingPolicy policy = new TrainingPolicy(50, Duration.ofSeconds(30), 5, Duration.ofSeconds(5));

    @Test
    void trains_when_enough_new_labels_have_come() {
        assertThat(policy.decide(situation(ENOUGH, 50, 0))).isEqualTo(new Train("50 new labels had come."));
    }

    @Test
    void waits_for_more_labels_and_says_how_many() {
        assertThat(policy.decide(situation(ENOUGH, 49, 12)))
                .isEqualTo(new Wait("49 of 50 new labels have come, and the oldest has waited 12 of 30 s."));
    }

    @Test
    void trains_when_one_label_has_waited_too_long() {
        assertThat(policy.decide(situation(ENOUGH, 1, 31)))
                .isEqualTo(new Train("1 new labels had come, and the oldest had waited 31 s."));
    }

    @Test
    void waits_when_nothing_is_new() {
        assertThat(policy.decide(situation(ENOUGH, 0, 0))).isInstanceOf(Wait.class);
    }

    @Test
    void trains_on_request_though_nothing_is_new_and_the_last_one_ended_just_now() {
        var situation = new Situation(
                ENOUGH,
                new NewLabels(0, Optional.empty()),
                Optional.of("a demonstration"),
                Optional.of(NOW.plusSeconds(3)),
                NOW);

        assertThat(policy.decide(situation)).isEqualTo(new Train("Requested: a demonstration"));
    }

    @Test
    void waits_a_while_between_two_trainings() {
        var fresh = new NewLabels(500, Optional.of(NOW.minusSeconds(60)));

        assertThat(policy.decide(new Situation(ENOUGH, fresh, Optional.empty(), Optional.of(NOW.plusMillis(1)), NOW)))
                .isInstanceOf(Wait.class);
        assertThat(policy.decide(new Situation(ENOUGH, fresh, Optional.empty(), Optional.of(NOW), NOW)))
                .isInstanceOf(Train.class);
    }

    @Test
    void waits_for_a_second_class_with_enough_examples() {
        var classes = Map.of("cat", new ClassCount(100, 20), "dog", new ClassCount(4, 9));

        assertThat(policy.decide(situation(classes, 500, 100)))
                .isEqualTo(new Wait("At least 2 classes need 5 examples to learn from; 1 of 2 have them."));
    }

    @Test
    void waits_for_a_held_out_example_of_a_class_that_can_be_learnt() {
        var classes = Map.of("cat", new ClassCount(9, 0), "dog", new ClassCount(9, 0), "emu", new ClassCount(1, 1));

        assertThat(policy.decide(situation(classes, 500, 100)))
                .isEqualTo(new Wait("No example is held out yet, so no version could be measured."));
    }

    @Test
    void a_request_does_not_overcome_a_lack_of_examples() {
        var situation = new Situation(
                Map.of(), new NewLabels(0, Optional.empty()), Optional.of("please"), Optional.empty(), NOW);

        assertThat(policy.decide(situation)).isInstanceOf(Wait.class);
    }

    @Test
    void refuses_numbers_that_make_no_sense_by_the_name_of_their_key() {
        assertThatThrownBy(() -> new TrainingPolicy(0, Duration.ZERO, 5, Duration.ZERO))
                .hasMessage("headwater.training.min-new-labels is 0, but must be at least 1");
    }

    private static Situation situation(Map<String, ClassCount> classes, int fresh, int waitedSeconds) {
        return new Situation(
                classes,
                new NewLabels(fresh, Optional.of(NOW.minusSeconds(waitedSeconds))),
                Optional.empty(),
                Optional.empty(),
                NOW);
    }
}
