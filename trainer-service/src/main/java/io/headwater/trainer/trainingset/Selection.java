package io.headwater.trainer.trainingset;

import io.headwater.events.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Picks the examples for a training, one by one in the order of the image ids. */
final class Selection {
    private final List<String> labels;
    private final Set<String> learnt;
    private final Side train = new Side();
    private final Side holdout = new Side();
    private final Map<Integer, Long> labelOffsets = new HashMap<>();
    private final Map<Integer, Long> embeddingOffsets = new HashMap<>();
    private int nearDuplicates;
    private long newest = Long.MIN_VALUE;

    private static final class Side {
        private final List<String> ids = new ArrayList<>();
        private final List<String> labels = new ArrayList<>();
        private final List<Integer> rows = new ArrayList<>();

        void add(String id, Example example) {
            ids.add(id);
            labels.add(example.label());
            rows.add(example.row());
        }

        LabelledRows of(EmbeddingMatrix matrix) {
            return new LabelledRows(
                    matrix.view(rows.stream().mapToInt(Integer::intValue).toArray()), labels, ids);
        }
    }

    /** Examples of these classes. */
    Selection(List<String> labels) {
        this.labels = labels;
        this.learnt = new HashSet<>(labels);
    }

    void offer(String id, Example example, boolean setAside) {
        passed(labelOffsets, example.partition(), example.labelOffset());
        passed(embeddingOffsets, example.partition(), example.embeddingOffset());
        if (!learnt.contains(example.label())) {
            return;
        }
        if (setAside) {
            nearDuplicates++;
            return;
        }
        newest = Math.max(newest, example.at());
        (example.split() == Split.TRAIN ? train : holdout).add(id, example);
    }

    TrainingData data(EmbeddingMatrix matrix, Map<Integer, Long> offsets, Runnable release) {
        return new TrainingData(
                labels,
                train.of(matrix),
                holdout.of(matrix),
                Map.copyOf(offsets),
                Map.copyOf(labelOffsets),
                Map.copyOf(embeddingOffsets),
                nearDuplicates,
                newest == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(newest)),
                release);
    }

    private static void passed(Map<Integer, Long> offsets, int partition, long offset) {
        if (offset >= 0) {
            offsets.merge(partition, offset + 1, Math::max);
        }
    }
}
