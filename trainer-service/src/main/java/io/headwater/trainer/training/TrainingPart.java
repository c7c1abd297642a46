package io.headwater.trainer.training;

import io.headwater.trainer.trainingset.EmbeddingRows;

/**
 * What heads learn from.
 *
 * @param embeddings {@code [N, D]}
 * @param standardisation of the embeddings
 * @param targets N classes
 * @param classes C
 * @param weights N: how much each example counts
 */
@SuppressWarnings("ArrayRecordComponent") // Handed around inside of the package, never compared.
record TrainingPart(
        EmbeddingRows embeddings, Standardisation standardisation, int[] targets, int classes, float[] weights) {

    /** The same, but these examples count so much less. */
    TrainingPart doubting(int[] rows, float factor) {
        float[] lowered = weights.clone();
        for (int row : rows) {
            lowered[row] *= factor;
        }
        return new TrainingPart(embeddings, standardisation, targets, classes, lowered);
    }
}
