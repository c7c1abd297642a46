package io.headwater.trainer.lineage;

import io.headwater.events.ClassLineage;
import io.headwater.events.Lineage;
import io.headwater.events.TrainingCause;
import io.headwater.trainer.training.TrainingSummary;
import io.headwater.trainer.trainingset.TrainingData;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Where a version comes from, for its record and its files. */
public final class Lineages {
    private Lineages() {}

    /**
     * All of it but for the durations, of which nobody knows yet the last. Reads every embedding.
     *
     * @param libraries versions of what it was made with
     */
    public static Lineage of(
            TrainingData data, TrainingSummary summary, TrainingCause cause, Map<String, String> libraries) {
        Map<String, String> digests = data.digests();
        return Lineage.newBuilder()
                .setCause(cause)
                .setLabelOffsets(decimal(data.labelOffsets()))
                .setEmbeddingOffsets(decimal(data.embeddingOffsets()))
                .setClasses(data.labels().stream()
                        .map(label -> new ClassLineage(
                                label,
                                (long) Collections.frequency(data.train().labels(), label),
                                (long) Collections.frequency(data.holdout().labels(), label),
                                digests.get(label)))
                        .toList())
                .setLibraries(libraries)
                .setStart(summary.start().name().toLowerCase(Locale.ROOT))
                .setDurations(Map.of())
                .build();
    }

    /** Offsets as records hold them: by partition, in decimal. */
    public static Map<String, Long> decimal(Map<Integer, Long> offsets) {
        Map<String, Long> decimal = new TreeMap<>();
        offsets.forEach((partition, offset) -> decimal.put(partition.toString(), offset));
        return decimal;
    }
}
