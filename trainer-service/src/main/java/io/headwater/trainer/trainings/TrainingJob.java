package io.headwater.trainer.trainings;

import io.headwater.trainer.training.TrainingPhase;
import io.headwater.trainer.training.Trigger;
import java.time.Instant;
import java.util.Optional;

/**
 * One training, from the moment it is asked for or begins.
 *
 * @param id names it for ever
 * @param state where it stands
 * @param trigger what started it
 * @param phase what it is at; present while it runs
 * @param cancelling whether somebody has asked it to stop and it has not yet
 * @param requestedAt when it was asked for; present if somebody did
 * @param startedAt when it started
 * @param endedAt when it ended
 * @param version the version that came out of it
 * @param reason why it ended so; a sentence for people
 */
public record TrainingJob(
        String id,
        TrainingState state,
        Trigger trigger,
        Optional<TrainingPhase> phase,
        boolean cancelling,
        Optional<Instant> requestedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Long> version,
        Optional<String> reason) {

    static TrainingJob requested(String id, Trigger trigger, Instant now) {
        return new TrainingJob(
                id,
                TrainingState.REQUESTED,
                trigger,
                Optional.empty(),
                false,
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static TrainingJob running(String id, Trigger trigger, Optional<Instant> requestedAt, Instant now) {
        return new TrainingJob(
                id,
                TrainingState.RUNNING,
                trigger,
                Optional.of(TrainingPhase.LEARNING),
                false,
                requestedAt,
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    TrainingJob in(TrainingPhase now) {
        return new TrainingJob(
                id, state, trigger, Optional.of(now), cancelling, requestedAt, startedAt, endedAt, version, reason);
    }

    TrainingJob stopping() {
        return new TrainingJob(id, state, trigger, phase, true, requestedAt, startedAt, endedAt, version, reason);
    }

    TrainingJob ended(TrainingState how, Optional<Long> made, String why, Instant now) {
        return new TrainingJob(
                id,
                how,
                trigger,
                Optional.empty(),
                false,
                requestedAt,
                startedAt,
                Optional.of(now),
                made,
                Optional.of(why));
    }
}
