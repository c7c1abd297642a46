package io.headwater.trainer.trainingset;

import java.util.List;

/**
 * Embeddings with their labels: row {@code i} of {@code embeddings} has label {@code labels.get(i)}.
 *
 * @param embeddings {@code [N, D]}
 * @param labels N class names
 */
public record LabelledRows(EmbeddingMatrix embeddings, List<String> labels) {

    /** Checks that both are equally long. */
    public LabelledRows {
        labels = List.copyOf(labels);
        if (embeddings.rows() != labels.size()) {
            throw new IllegalArgumentException(embeddings.rows() + " embeddings, but " + labels.size() + " labels");
        }
    }

    /** N. */
    public int size() {
        return labels.size();
    }
}
