package io.headwater.trainer.trainingset;

import io.headwater.events.LabelledExample;
import io.headwater.events.Split;
import io.headwater.serde.EmbeddingVector;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The topic {@code examples} in memory: each labelled image once, with its last label. Thread safe. It holds nothing of
 * its own: whoever reads the topic from the beginning into an empty one has the same.
 */
public final class TrainingSet {
    private final int dimension;
    private final Map<String, Example> examples = new HashMap<>();
    private final Map<String, ClassCount> counts = new TreeMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private final Deque<Integer> freeRows = new ArrayDeque<>();
    private EmbeddingMatrix matrix;

    private record Example(String label, Split split, int row, Position position) {}

    /**
     * Where in {@code examples} something stood.
     *
     * @param partition its partition
     * @param offset its offset
     * @param at its time
     */
    public record Position(int partition, long offset, Instant at) {}

    /** An empty set of embeddings of this width. */
    public TrainingSet(int dimension) {
        this.dimension = dimension;
        this.matrix = new EmbeddingMatrix(dimension);
    }

    /**
     * Adds an example, or replaces that of the same image.
     *
     * @throws IllegalArgumentException if the vector has another width; nothing is changed then
     */
    public synchronized void put(String id, LabelledExample example, Position position) {
        ByteBuffer vector = example.getVector();
        if (EmbeddingVector.dimension(vector) != dimension) {
            throw new IllegalArgumentException("the embedding of image " + id + " has "
                    + EmbeddingVector.dimension(vector) + " numbers instead of " + dimension);
        }
        passed(position);
        Example old = examples.get(id);
        int row = old == null ? freeRow() : old.row();
        if (old != null) {
            count(old, -1);
        }
        matrix.set(row, vector);
        Example entry = new Example(example.getLabel(), example.getSplit(), row, position);
        examples.put(id, entry);
        count(entry, 1);
    }

    /** Removes the example of an image whose label was taken back. */
    public synchronized void remove(String id, Position position) {
        passed(position);
        Example old = examples.remove(id);
        if (old != null) {
            count(old, -1);
            freeRows.push(old.row());
        }
    }

    /** Forgets everything, to be read again. */
    public synchronized void clear() {
        examples.clear();
        counts.clear();
        offsets.clear();
        freeRows.clear();
        matrix = new EmbeddingMatrix(dimension);
    }

    /** Examples of each class. */
    public synchronized Map<String, ClassCount> counts() {
        return new TreeMap<>(counts);
    }

    /** Number of examples. */
    public synchronized int size() {
        return examples.size();
    }

    /**
     * What is new since the training that had read up to {@code since}.
     *
     * @param since for each partition the offset after the last record that was read; empty: everything is new
     */
    public synchronized NewLabels newSince(Map<Integer, Long> since) {
        int count = 0;
        Instant oldest = null;
        for (Example example : examples.values()) {
            Position position = example.position();
            if (position.offset() >= since.getOrDefault(position.partition(), 0L)) {
                count++;
                oldest = oldest == null || position.at().isBefore(oldest) ? position.at() : oldest;
            }
        }
        return new NewLabels(count, Optional.ofNullable(oldest));
    }

    /** A copy for a training, of the classes that have at least {@code minExamples} examples to learn from. */
    public synchronized TrainingData snapshot(int minExamples) {
        List<String> labels = counts.entrySet().stream()
                .filter(entry -> entry.getValue().train() >= minExamples)
                .map(Map.Entry::getKey)
                .toList();
        return new TrainingData(labels, rows(labels, Split.TRAIN), rows(labels, Split.HOLDOUT), Map.copyOf(offsets));
    }

    private LabelledRows rows(List<String> labels, Split split) {
        EmbeddingMatrix copy = new EmbeddingMatrix(dimension);
        List<String> rowLabels = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        float[] vector = new float[dimension];
        examples.entrySet().stream()
                .filter(entry -> entry.getValue().split() == split
                        && labels.contains(entry.getValue().label()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> {
                    matrix.read(entry.getValue().row(), vector, 0);
                    copy.append(vector);
                    rowLabels.add(entry.getValue().label());
                    ids.add(entry.getKey());
                });
        return new LabelledRows(copy, rowLabels, ids);
    }

    private int freeRow() {
        return freeRows.isEmpty() ? matrix.append(new float[dimension]) : freeRows.pop();
    }

    private void count(Example example, int by) {
        boolean train = example.split() == Split.TRAIN;
        ClassCount count = counts.getOrDefault(example.label(), ClassCount.NONE).plus(train ? by : 0, train ? 0 : by);
        if (count.equals(ClassCount.NONE)) {
            counts.remove(example.label());
        } else {
            counts.put(example.label(), count);
        }
    }

    private void passed(Position position) {
        offsets.merge(position.partition(), position.offset() + 1, Math::max);
    }
}
