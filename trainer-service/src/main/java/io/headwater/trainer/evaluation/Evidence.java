package io.headwater.trainer.evaluation;

import io.headwater.events.GateVerdict;
import io.headwater.events.HoldoutEvaluation;
import io.headwater.events.ModelMetrics;
import io.headwater.events.PairedComparison;
import java.util.Optional;

/**
 * All that is known of how good a version is.
 *
 * @param metrics before and after training, and of what it is compared with
 * @param evaluation all that was measured
 * @param comparison with the version that serves, if there is one that could be compared
 * @param verdict of the gate
 */
public record Evidence(
        ModelMetrics metrics,
        HoldoutEvaluation evaluation,
        Optional<PairedComparison> comparison,
        GateVerdict verdict) {}
