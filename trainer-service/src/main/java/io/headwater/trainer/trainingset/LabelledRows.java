package io.headwater.trainer.trainingset;

import java.util.List;

/**
 * Embeddings with their labels: row {@code i} of {@code embeddings} has label {@code labels.get(i)}.
 *
 * @param embeddings {@code [N, D]}
 * @param labels N class names
 * @param ids N image ids
 */
public record LabelledRows(EmbeddingRows embeddings, List<String> labels, List<String> ids) {

    /** Checks that all are equally long. */
    public LabelledRows {
        labels = List.copyOf(labels);
        ids = List.copyOf(ids);
        if (embeddings.rows() != labels.size() || ids.size() != labels.size()) {
            throw new IllegalArgumentException(
                    embeddings.rows() + " embeddings, but " + labels.size() + " labels of " + ids.size() + " images");
        }
    }

    /** N. */
    public int size() {
        return labels.size();
    }
}
