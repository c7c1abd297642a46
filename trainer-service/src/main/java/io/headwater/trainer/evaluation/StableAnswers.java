package io.headwater.trainer.evaluation;

import io.headwater.events.ModelPublished;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.Optional;

/** What the version that serves says of held-out examples. */
@FunctionalInterface
public interface StableAnswers {
    /** Its answers; empty if it has none to any of them. */
    Optional<Given> to(ModelPublished stable, LabelledRows holdout);

    /**
     * Answers to some of the examples.
     *
     * @param rows which ones, R of them: rows of the holdout
     * @param probabilities {@code [R][C]}, in the order of the version's labels
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    record Given(int[] rows, float[][] probabilities) {}
}
