package io.headwater.trainer.registry;

import io.headwater.events.Lineage;
import io.headwater.events.ModelPublished;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a version comes from.
 *
 * @param cause what kind of event started the training
 * @param start where the weights started: warm or cold
 * @param classes what it learnt from and was measured on
 * @param labelOffsets for each partition of labels the offset after the last one that is in the examples
 * @param embeddingOffsets the same of embeddings
 * @param exampleOffsets for each partition of examples the offset after the last one that was read
 * @param hyperparameters settings of the training
 * @param libraries versions of what it was made with
 * @param durations milliseconds of each phase
 */
record LineageView(
        String cause,
        String start,
        List<ClassView> classes,
        Map<String, Long> labelOffsets,
        Map<String, Long> embeddingOffsets,
        Map<String, Long> exampleOffsets,
        Map<String, String> hyperparameters,
        Map<String, String> libraries,
        Map<String, Long> durations) {

    /**
     * @param train examples that were learnt from
     * @param holdout examples that were only measured on
     * @param sha256 of them all
     */
    record ClassView(String label, long train, long holdout, String sha256) {}

    static LineageView of(ModelPublished model) {
        Lineage lineage = model.getLineage();
        return new LineageView(
                lineage.getCause().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                lineage.getStart(),
                lineage.getClasses().stream()
                        .map(one -> new ClassView(one.getLabel(), one.getTrain(), one.getHoldout(), one.getSha256()))
                        .toList(),
                new TreeMap<>(lineage.getLabelOffsets()),
                new TreeMap<>(lineage.getEmbeddingOffsets()),
                new TreeMap<>(model.getExampleOffsets()),
                new TreeMap<>(model.getHyperparameters()),
                new TreeMap<>(lineage.getLibraries()),
                new TreeMap<>(lineage.getDurations()));
    }
}
