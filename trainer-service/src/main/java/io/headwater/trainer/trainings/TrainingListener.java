package io.headwater.trainer.trainings;

import io.headwater.events.ModelPublished;
import java.util.Optional;

/** Hears of trainings; on the thread that runs them. */
@FunctionalInterface
public interface TrainingListener {
    /** Called when a training has ended, with the version that came out of it. */
    void ended(TrainingJob training, Optional<ModelPublished> version);
}
