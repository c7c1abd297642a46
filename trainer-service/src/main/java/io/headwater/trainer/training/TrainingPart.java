package io.headwater.trainer.training;

import io.headwater.trainer.trainingset.EmbeddingRows;

/**
 * What heads learn from.
 *
 * @param embeddings {@code [N, D]}
 * @param standardisation of the embeddings
 * @param targets N classes
 * @param classes C
 * @param classWeights how much an example of each class counts
 */
@SuppressWarnings("ArrayRecordComponent") // Handed around inside of the package, never compared.
record TrainingPart(
        EmbeddingRows embeddings, Standardisation standardisation, int[] targets, int classes, float[] classWeights) {}
