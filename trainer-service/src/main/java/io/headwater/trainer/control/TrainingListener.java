package io.headwater.trainer.control;

import io.headwater.events.ModelPublished;
import java.util.Optional;

/** Hears of trainings; on the control plane's thread. */
@FunctionalInterface
public interface TrainingListener {
    /** Called when a training has ended, with the version that came out of it. */
    void ended(Trainings.Ended training, Optional<ModelPublished> version);
}
