package io.headwater.trainer.trainingset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one training works on, in the order of the image ids: it stays as it is while the training set goes on. The embeddings
 * are a view of the training set's own matrix; {@link #close()} gives the rows back, and nothing may be read after it.
 *
 * @param labels the classes that have enough examples, sorted
 * @param train examples of these classes that are learnt from
 * @param holdout examples of these classes that are only measured on
 * @param offsets for each partition of {@code examples} the offset after the last record that was read
 * @param labelOffsets for each partition of {@code labels} the offset after the last label that made an example, of any class
 * @param embeddingOffsets the same of {@code embeddings}
 * @param nearDuplicates held-out examples of these classes that are left out, because one that is learnt from is nearly the
 *     same picture
 * @param newest when the last of these examples became one; empty if there are none
 * @param release run by {@link #close()}
 */
public record TrainingData(
        List<String> labels,
        LabelledRows train,
        LabelledRows holdout,
        Map<Integer, Long> offsets,
        Map<Integer, Long> labelOffsets,
        Map<Integer, Long> embeddingOffsets,
        int nearDuplicates,
        Optional<Instant> newest,
        Runnable release)
        implements AutoCloseable {

    /**
     * The digest of each class, by label: what {@link ClassDigests} says. Reads every embedding, so it takes seconds when there
     * are many.
     */
    public SortedMap<String, String> digests() {
        return ClassDigests.of(train, holdout);
    }

    /** Gives the rows back. Closing twice does no harm. */
    @Override
    public void close() {
        release.run();
    }
}
