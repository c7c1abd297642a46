package io.headwater.trainer.training;

import java.util.Map;
import java.util.Optional;

/**
 * What is to be recorded of a training.
 *
 * @param hyperparameters settings by name
 * @param start where the head that was kept started
 * @param l2 the penalty it was trained with
 * @param epochs times that every example was seen
 * @param calibration of its confidences; empty if there were too few examples for one
 * @param millis milliseconds of each phase
 */
public record TrainingSummary(
        Map<String, String> hyperparameters,
        Start start,
        float l2,
        int epochs,
        Optional<Calibration> calibration,
        Map<String, Long> millis) {

    /** Keeps copies. */
    public TrainingSummary {
        hyperparameters = Map.copyOf(hyperparameters);
        millis = Map.copyOf(millis);
    }

    /** Where a head starts. */
    public enum Start {
        /** At the stable head. */
        WARM,
        /** At small random weights. */
        COLD
    }
}
