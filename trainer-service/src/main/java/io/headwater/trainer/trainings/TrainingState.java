package io.headwater.trainer.trainings;

import com.fasterxml.jackson.annotation.JsonValue;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import java.util.Locale;

/** Where a training stands, or how it ended. */
public enum TrainingState {
    /** Somebody asked for it, and it is about to start. */
    REQUESTED,
    /** It runs. */
    RUNNING,
    /** It made a version that passed the gate. */
    STABLE,
    /** It made a version that did not pass the gate. */
    REJECTED,
    /** It made a version that could not be told from worse: too little was held out. */
    INCONCLUSIVE,
    /** It made none, and why is in its reason. */
    FAILED,
    /** Somebody stopped it, and nothing of it is left. */
    CANCELLED;

    /** How the training ended that made this version. */
    public static TrainingState of(ModelPublished version) {
        if (version.getGate() == null) {
            return version.getState() == ModelState.REJECTED ? REJECTED : STABLE;
        }
        return switch (version.getGate().getOutcome()) {
            case PASSED -> STABLE;
            case REJECTED -> REJECTED;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }

    /** Whether it is over. */
    public boolean hasEnded() {
        return this != REQUESTED && this != RUNNING;
    }

    /** As clients see it: lower case. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
