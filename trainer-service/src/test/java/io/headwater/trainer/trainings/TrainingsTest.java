package io.headwater.trainer.trainings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.TrainingCause;
import io.headwater.trainer.training.TrainingCancelledException;
import io.headwater.trainer.training.TrainingPhase;
import io.headwater.trainer.training.Trigger;
import io.headwater.trainer.trainings.Trainings.Accepted;
import io.headwater.trainer.trainings.Trainings.Cancelled;
import io.headwater.trainer.trainings.Trainings.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Trigger LABELS = new Trigger(TrainingCause.NEW_LABELS, "50 new labels had come.");

    private final Trainings trainings = new Trainings(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whoever_asks_again_before_it_has_started_gets_the_same_training() {
        TrainingJob first = request("one");

        assertThat(request("two")).isEqualTo(first);
        assertThat(first.trigger()).isEqualTo(new Trigger(TrainingCause.REQUESTED, "Requested: one"));
        assertThat(first.state()).isEqualTo(TrainingState.REQUESTED);
    }

    @Test
    void while_one_runs_a_request_is_refused_with_it() {
        trainings.start(LABELS, Optional.empty());

        assertThat(trainings.request("please", Optional.empty())).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo("A training is running: 50 new labels had come.");
            assertThat(refused.running()).isEqualTo(trainings.state().running());
        });
    }

    @Test
    void an_obstacle_refuses_a_request() {
        assertThat(trainings.request("please", Optional.of("Too few.")))
                .isEqualTo(new Refused("Too few.", Optional.empty()));
        assertThat(trainings.state().newestFirst()).isEmpty();
    }

    @Test
    void what_was_asked_for_keeps_its_id_until_it_has_ended() {
        TrainingJob asked = request("one");

        Trainings.Run run = trainings.start(asked.trigger(), Optional.of(asked));
        run.entered(TrainingPhase.MEASURING);
        assertThat(trainings.find(asked.id()).orElseThrow().state()).isEqualTo(TrainingState.RUNNING);
        assertThat(trainings.find(asked.id()).orElseThrow().phase()).contains(TrainingPhase.MEASURING);
        run.ended(TrainingState.STABLE, Optional.of(7L), "Better.");

        TrainingJob ended = trainings.find(asked.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(TrainingState.STABLE);
        assertThat(ended.version()).contains(7L);
        assertThat(ended.requestedAt()).contains(NOW);
        assertThat(trainings.state().last()).contains(ended);
    }

    @Test
    void a_request_that_came_after_the_decision_waits_for_the_next_training() {
        TrainingJob late = request("late");

        Trainings.Run run = trainings.start(LABELS, Optional.empty());

        assertThat(trainings.state().requested()).contains(late);
        run.ended(TrainingState.REJECTED, Optional.of(1L), "Worse.");
        assertThat(trainings.state().requested()).contains(late);
    }

    @Test
    void cancelling_what_has_not_started_ends_it_at_once() {
        TrainingJob asked = request("one");

        assertThat(trainings.cancel(asked.id())).isEqualTo(Cancelled.AT_ONCE);

        assertThat(trainings.state().requested()).isEmpty();
        assertThat(trainings.find(asked.id()).orElseThrow().state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(trainings.cancel(asked.id())).isEqualTo(Cancelled.HAD_ENDED);
    }

    @Test
    void a_training_that_was_cancelled_while_it_waited_to_be_taken_is_not_the_one_that_starts() {
        TrainingJob asked = request("one");
        trainings.cancel(asked.id());

        trainings.start(LABELS, Optional.of(asked));

        assertThat(trainings.state().running().orElseThrow().id()).isNotEqualTo(asked.id());
    }

    @Test
    void cancelling_one_that_runs_stops_it_where_it_asks_next() {
        Trainings.Run run = trainings.start(LABELS, Optional.empty());
        String id = trainings.state().running().orElseThrow().id();

        assertThat(run.requested()).isFalse();
        assertThat(trainings.cancel(id)).isEqualTo(Cancelled.STOPPING);

        assertThat(run.requested()).isTrue();
        assertThatThrownBy(() -> run.entered(TrainingPhase.PUBLISHING)).isInstanceOf(TrainingCancelledException.class);
        assertThat(trainings.find(id).orElseThrow().cancelling()).isTrue();
    }

    @Test
    void one_that_is_being_published_can_not_be_cancelled() {
        Trainings.Run run = trainings.start(LABELS, Optional.empty());
        String id = trainings.state().running().orElseThrow().id();
        run.entered(TrainingPhase.PUBLISHING);

        assertThat(trainings.cancel(id)).isEqualTo(Cancelled.TOO_LATE);
        assertThat(run.requested()).isFalse();
    }

    @Test
    void what_nobody_knows_can_not_be_cancelled() {
        assertThat(trainings.cancel("17")).isEqualTo(Cancelled.UNKNOWN);
    }

    @Test
    void the_oldest_are_forgotten() {
        for (long version = 1; version <= Trainings.REMEMBERED + 1; version++) {
            trainings.start(LABELS, Optional.empty()).ended(TrainingState.STABLE, Optional.of(version), "Better.");
        }

        assertThat(trainings.state().ended()).hasSize(Trainings.REMEMBERED);
        assertThat(trainings.state().last().orElseThrow().version()).contains(201L);
        assertThat(trainings.state().ended().get(199).version()).contains(2L);
    }

    private TrainingJob request(String reason) {
        return ((Accepted) trainings.request(reason, Optional.empty())).job();
    }
}
