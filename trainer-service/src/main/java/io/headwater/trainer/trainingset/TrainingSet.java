package io.headwater.trainer.trainingset;

import io.headwater.events.LabelledExample;
import io.headwater.events.Split;
import io.headwater.serde.EmbeddingVector;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The topic {@code examples} in memory: each labelled image once, with its last label. Thread safe. It holds nothing of
 * its own: whoever reads the topic from the beginning into an empty one has the same.
 *
 * <p>Memory: the embeddings, float32, in direct memory that only grows, and about 300 bytes of heap for each example.
 */
public final class TrainingSet {
    private final NavigableMap<String, Example> examples = new TreeMap<>();
    private final NavigableMap<String, ClassCount> counts = new TreeMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private final FreshLabels fresh = new FreshLabels();
    /** The label of the example in each row that is used. */
    private final List<String> labels = new ArrayList<>();

    private int dimension;
    private Optional<String> backbone = Optional.empty();
    private SharedRows rows;
    private NearDuplicates nearDuplicates;

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
        rows = new SharedRows(dimension);
        nearDuplicates = new NearDuplicates(rows.matrix(), this::recount);
    }

    /**
     * Forgets everything and takes examples of this backbone alone from now on. What was handed out for a training stays.
     *
     * @param id of the backbone
     * @param width of its embeddings
     */
    public synchronized void begin(String id, int width) {
        clear();
        backbone = Optional.of(id);
        dimension = width;
        rows = new SharedRows(width);
        nearDuplicates = new NearDuplicates(rows.matrix(), this::recount);
    }

    /**
     * Adds an example, or replaces that of the same image.
     *
     * @throws IllegalArgumentException if the vector is of another backbone or another width; nothing is changed then
     * @throws OutOfDirectMemoryException if there is no memory for it; the example of the image is gone then
     */
    public synchronized void put(String id, LabelledExample example, Position position) {
        ByteBuffer vector = example.getVector();
        if (backbone.filter(wanted -> !wanted.equals(example.getBackbone())).isPresent()) {
            throw new IllegalArgumentException("the embedding of image " + id + " is of the backbone "
                    + example.getBackbone() + " instead of " + backbone.get());
        }
        if (EmbeddingVector.dimension(vector) != dimension) {
            throw new IllegalArgumentException("the embedding of image " + id + " has "
                    + EmbeddingVector.dimension(vector) + " numbers instead of " + dimension);
        }
        remove(id, position);
        int row = rows.write(vector);
        // One string for each class, not for each example.
        String label = example.getLabel().intern();
        Example entry = new Example(
                label,
                example.getSplit(),
                row,
                example.getLabelledAt().toEpochMilli(),
                position.partition(),
                position.offset(),
                position.at().toEpochMilli(),
                example.getLabelOffset(),
                example.getEmbeddingOffset());
        examples.put(id, entry);
        while (labels.size() <= row) {
            labels.add(label);
        }
        labels.set(row, label);
        counts.merge(label, of(entry), ClassCount::plus);
        fresh.added(entry);
        nearDuplicates.add(row, entry.split());
    }

    /** Removes the example of an image whose label was taken back. */
    public synchronized void remove(String id, Position position) {
        passed(position);
        Example old = examples.remove(id);
        if (old != null) {
            nearDuplicates.remove(old.row(), old.split());
            fresh.removed(old);
            counts.compute(old.label(), (label, count) -> {
                ClassCount left = count.minus(of(old));
                return left.equals(ClassCount.NONE) ? null : left;
            });
            rows.retire(old.row());
        }
    }

    /** Forgets everything, to be read again. What was handed out for a training stays. */
    public synchronized void clear() {
        examples.values().forEach(example -> rows.retire(example.row()));
        examples.clear();
        counts.clear();
        offsets.clear();
        fresh.clear();
        nearDuplicates = new NearDuplicates(rows.matrix(), this::recount);
    }

    /** Examples of each class. */
    public synchronized Map<String, ClassCount> counts() {
        return new TreeMap<>(counts);
    }

    /** Whether an image is labelled, and embedded. */
    public synchronized boolean contains(String id) {
        return examples.containsKey(id);
    }

    /** The label of each example, by the id of its image. */
    public synchronized Map<String, String> labels() {
        Map<String, String> all = new HashMap<>();
        examples.forEach((id, example) -> all.put(id, example.label()));
        return all;
    }

    /** Number of examples. */
    public synchronized int size() {
        return examples.size();
    }

    /** Rows that its memory is made of, those that wait to be used again included. */
    synchronized int rows() {
        return rows.matrix().rows();
    }

    /**
     * What is new since the training that had read up to {@code since}. Cheap while the question stays the same.
     *
     * @param since for each partition the offset after the last record that was read; empty: everything is new
     */
    public synchronized NewLabels newSince(Map<Integer, Long> since) {
        return fresh.since(since, examples.values());
    }

    /**
     * What a training works on: the classes that have at least {@code minExamples} examples to learn from. To be closed after
     * it; until then no row that is in it is used again.
     */
    public TrainingData snapshot(int minExamples) {
        return snapshot(minExamples, Instant.MAX);
    }

    /** The same of those examples alone that were labelled no later than {@code until}. */
    public synchronized TrainingData snapshot(int minExamples, Instant until) {
        Selection selection = new Selection(counts.entrySet().stream()
                .filter(entry -> entry.getValue().train() >= minExamples)
                .map(Map.Entry::getKey)
                .toList());
        long last = until.equals(Instant.MAX) ? Long.MAX_VALUE : until.toEpochMilli();
        examples.forEach((id, example) -> {
            if (example.labelledAt() <= last) {
                selection.offer(id, example, nearDuplicates.isSetAside(example.row()));
            }
        });
        SharedRows entered = rows;
        long reader = entered.enter();
        return selection.data(entered.matrix(), offsets, () -> leave(entered, reader));
    }

    /** Some of the examples, as they are at the moment. */
    public synchronized ExamplesPage page(ExamplesPage.Query query) {
        List<ExamplesPage.Item> items = new ArrayList<>();
        for (Map.Entry<String, Example> entry :
                examples.tailMap(query.after(), false).entrySet()) {
            ExamplesPage.Item item = item(entry.getKey(), entry.getValue());
            if (query.matches(item)) {
                if (items.size() == query.limit()) {
                    return new ExamplesPage(
                            items, Optional.of(items.get(items.size() - 1).id()));
                }
                items.add(item);
            }
        }
        return new ExamplesPage(items, Optional.empty());
    }

    private ExamplesPage.Item item(String id, Example example) {
        return new ExamplesPage.Item(
                id,
                example.label(),
                example.split(),
                Instant.ofEpochMilli(example.labelledAt()),
                nearDuplicates.isSetAside(example.row()));
    }

    private synchronized void leave(SharedRows entered, long reader) {
        entered.leave(reader);
    }

    /** Moves a held-out example from those that are measured to those that are set aside, or back. */
    private void recount(int row, boolean setAside) {
        ClassCount held = new ClassCount(0, 1, 0);
        ClassCount aside = new ClassCount(0, 0, 1);
        counts.computeIfPresent(
                labels.get(row),
                (label, count) -> setAside
                        ? count.minus(held).plus(aside)
                        : count.minus(aside).plus(held));
    }

    private static ClassCount of(Example example) {
        return example.split() == Split.TRAIN ? new ClassCount(1, 0) : new ClassCount(0, 1);
    }

    private void passed(Position position) {
        offsets.merge(position.partition(), position.offset() + 1, Math::max);
    }
}
