package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.TrainingCause;
import io.headwater.trainer.training.TrainingPolicy.Situation;
import io.headwater.trainer.training.TrainingPolicy.Train;
import io.headwater.trainer.training.TrainingPolicy.Wait;
import io.headwater.trainer.trainingset.ClassCount;
import io.headwater.trainer.trainingset.NewLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TrainingPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Map<String, ClassCount> ENOUGH =
            Map.of("cat", new ClassCount(5, 1), "dog", new ClassCount(5, 0));

    private static final NewLabels NOTHING_NEW = new NewLabels(0, Optional.empty());
    private static final Trigger REQUEST = new Trigger(TrainingCause.REQUESTED, "Requested: a demonstration");

    private final TrainingPolicy policy = new TrainingPolicy(50, Duration.ofSeconds(30), 5, Duration.ofSeconds(5));

    @Test
    void trains_when_enough_new_labels_have_come() {
        assertThat(policy.decide(situation(ENOUGH, 50, 0)))
                .isEqualTo(train(TrainingCause.NEW_LABELS, "50 new labels had come."));
    }

    @Test
    void waits_for_more_labels_and_says_how_many() {
        assertThat(policy.decide(situation(ENOUGH, 49, 12)))
                .isEqualTo(new Wait("49 of 50 new labels have come, and the oldest has waited 12 of 30 s."));
    }

    @Test
    void trains_when_one_label_has_waited_too_long() {
        assertThat(policy.decide(situation(ENOUGH, 1, 31)))
                .isEqualTo(train(TrainingCause.LABEL_AGE, "1 new labels had come, and the oldest had waited 31 s."));
    }

    @Test
    void waits_when_nothing_is_new() {
        assertThat(policy.decide(situation(ENOUGH, 0, 0))).isInstanceOf(Wait.class);
    }

    @Test
    void trains_on_request_though_nothing_is_new_and_the_last_one_ended_just_now() {
        var situation = new Situation(
                ENOUGH,
                NOTHING_NEW,
                Set.of(),
                Optional.of(REQUEST),
                Optional.empty(),
                Optional.of(NOW.plusSeconds(3)),
                NOW);

        assertThat(policy.decide(situation)).isEqualTo(new Train(REQUEST));
    }

    @Test
    void waits_a_while_between_two_trainings_whatever_starts_the_next() {
        var fresh = new NewLabels(500, Optional.of(NOW.minusSeconds(60)));
        Function<Instant, Situation> notBefore = time -> new Situation(
                ENOUGH, fresh, Set.of("cat"), Optional.empty(), Optional.of("It fell."), Optional.of(time), NOW);

        assertThat(policy.decide(notBefore.apply(NOW.plusMillis(1)))).isInstanceOf(Wait.class);
        assertThat(policy.decide(notBefore.apply(NOW))).isInstanceOf(Train.class);
    }

    @Test
    void trains_when_a_class_that_the_newest_version_does_not_know_has_enough_examples() {
        var classes = Map.of("cat", new ClassCount(9, 1), "dog", new ClassCount(9, 1), "emu", new ClassCount(5, 0));

        assertThat(policy.decide(situation(classes, 1, Set.of("cat", "dog"), Optional.empty())))
                .isEqualTo(train(TrainingCause.NEW_CLASS, "New with 5 examples or more: emu."));
    }

    @Test
    void waits_while_a_new_class_has_too_few_examples_and_when_it_has_been_learnt() {
        var few = Map.of("cat", new ClassCount(9, 1), "dog", new ClassCount(9, 1), "emu", new ClassCount(4, 9));
        var known = Map.of("cat", new ClassCount(9, 1), "dog", new ClassCount(9, 1), "emu", new ClassCount(5, 0));

        assertThat(policy.decide(situation(few, 1, Set.of("cat", "dog"), Optional.empty())))
                .isInstanceOf(Wait.class);
        assertThat(policy.decide(situation(known, 1, Set.of("cat", "dog", "emu"), Optional.empty())))
                .isInstanceOf(Wait.class);
    }

    @Test
    void the_first_version_waits_for_labels_as_every_other_though_all_its_classes_are_new() {
        assertThat(policy.decide(situation(ENOUGH, 1, Set.of(), Optional.empty())))
                .isInstanceOf(Wait.class);
    }

    @Test
    void trains_when_live_quality_falls_and_one_label_is_new() {
        assertThat(policy.decide(situation(ENOUGH, 1, Set.of("cat", "dog"), Optional.of("It fell."))))
                .isEqualTo(train(TrainingCause.LIVE_QUALITY, "It fell."));
    }

    @Test
    void a_fall_of_live_quality_does_not_train_on_the_same_examples_again() {
        assertThat(policy.decide(situation(ENOUGH, 0, Set.of("cat", "dog"), Optional.of("It fell."))))
                .isEqualTo(new Wait("No label is new since the last training."));
    }

    @Test
    void several_reasons_at_the_same_time_make_one_training_that_names_them_all() {
        assertThat(policy.decide(situation(ENOUGH, 50, Set.of("cat"), Optional.of("It fell."))))
                .isEqualTo(train(
                        TrainingCause.NEW_CLASS, "New with 5 examples or more: dog. It fell. 50 new labels had come."));
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
                Map.of(), NOTHING_NEW, Set.of(), Optional.of(REQUEST), Optional.empty(), Optional.empty(), NOW);

        assertThat(policy.decide(situation)).isInstanceOf(Wait.class);
    }

    @Test
    void refuses_numbers_that_make_no_sense_by_the_name_of_their_key() {
        assertThatThrownBy(() -> new TrainingPolicy(0, Duration.ZERO, 5, Duration.ZERO))
                .hasMessage("headwater.training.min-new-labels is 0, but must be at least 1");
    }

    private static Train train(TrainingCause cause, String sentence) {
        return new Train(new Trigger(cause, sentence));
    }

    private static Situation situation(Map<String, ClassCount> classes, int fresh, int waitedSeconds) {
        return new Situation(
                classes,
                new NewLabels(fresh, Optional.of(NOW.minusSeconds(waitedSeconds))),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW);
    }

    private static Situation situation(
            Map<String, ClassCount> classes, int fresh, Set<String> learnt, Optional<String> qualityFall) {
        return new Situation(
                classes,
                new NewLabels(fresh, Optional.of(NOW)),
                learnt,
                Optional.empty(),
                qualityFall,
                Optional.empty(),
                NOW);
    }
}
