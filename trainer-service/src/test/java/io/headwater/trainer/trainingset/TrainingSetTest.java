package io.headwater.trainer.trainingset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.LabelledExample;
import io.headwater.events.Split;
import io.headwater.serde.EmbeddingVector;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSetTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final TrainingSet set = new TrainingSet(2);
    private long offset;

    @Test
    void counts_examples_per_class_and_split() {
        put("1", "cat", Split.TRAIN, 1);
        put("2", "cat", Split.HOLDOUT, 2);
        put("3", "dog", Split.TRAIN, 3);

        assertThat(set.counts()).isEqualTo(Map.of("cat", new ClassCount(1, 1), "dog", new ClassCount(1, 0)));
    }

    @Test
    void a_changed_label_replaces_the_example() {
        put("1", "cat", Split.TRAIN, 1);
        put("1", "dog", Split.TRAIN, 1);

        assertThat(set.counts()).isEqualTo(Map.of("dog", new ClassCount(1, 0)));
        assertThat(set.newSince(Map.of()).count()).isEqualTo(1);
    }

    @Test
    void a_label_taken_back_removes_the_example_and_its_row_is_used_again() {
        put("1", "cat", Split.TRAIN, 1);
        put("2", "cat", Split.TRAIN, 2);
        set.remove("1", position());
        put("3", "cat", Split.TRAIN, 3);

        TrainingData data = set.snapshot(1);
        assertThat(data.train().size()).isEqualTo(2);
        assertThat(first(data.train().embeddings(), 0)).isEqualTo(2);
        assertThat(first(data.train().embeddings(), 1)).isEqualTo(3);
    }

    @Test
    void keeps_every_row_as_it_grows_over_many_chunks() {
        for (int i = 0; i < 3_000; i++) {
            put(String.format("%05d", i), "cat", Split.TRAIN, i);
        }

        EmbeddingRows rows = set.snapshot(1).train().embeddings();
        assertThat(rows.rows()).isEqualTo(3_000);
        for (int i = 0; i < 3_000; i++) {
            assertThat(first(rows, i)).isEqualTo(i);
        }
    }

    @Test
    void a_snapshot_is_in_the_order_of_the_ids_and_not_of_arrival() {
        put("b", "cat", Split.TRAIN, 2);
        put("a", "cat", Split.TRAIN, 1);

        assertThat(first(set.snapshot(1).train().embeddings(), 0)).isEqualTo(1);
    }

    @Test
    void a_snapshot_leaves_out_classes_with_too_few_examples_on_both_sides_of_the_split() {
        put("1", "cat", Split.TRAIN, 1);
        put("2", "cat", Split.TRAIN, 1);
        put("3", "dog", Split.TRAIN, 1);
        put("4", "dog", Split.HOLDOUT, 1);

        TrainingData data = set.snapshot(2);
        assertThat(data.labels()).containsExactly("cat");
        assertThat(data.holdout().size()).isZero();
    }

    @Test
    void new_is_what_came_at_or_after_the_offsets_of_a_version() {
        put("1", "cat", Split.TRAIN, 1);
        Map<Integer, Long> read = set.snapshot(1).offsets();
        put("2", "cat", Split.TRAIN, 2);
        put("1", "dog", Split.TRAIN, 1);

        assertThat(read).isEqualTo(Map.of(0, 1L));
        assertThat(set.newSince(read)).isEqualTo(new NewLabels(2, java.util.Optional.of(NOON.plusSeconds(1))));
    }

    @Test
    void reading_the_topic_again_counts_nothing_twice() {
        put("1", "cat", Split.TRAIN, 1);
        put("2", "dog", Split.HOLDOUT, 2);
        var counts = set.counts();

        set.clear();
        offset = 0;
        put("1", "cat", Split.TRAIN, 1);
        put("2", "dog", Split.HOLDOUT, 2);

        assertThat(set.counts()).isEqualTo(counts);
        assertThat(set.newSince(Map.of()).count()).isEqualTo(2);
    }

    @Test
    void refuses_an_embedding_of_another_width_and_changes_nothing() {
        var example = new LabelledExample(
                "cat", NOON, "b", EmbeddingVector.toBytes(new float[] {1, 2, 3}), Split.TRAIN, -1L, -1L);

        assertThatThrownBy(() -> set.put("1", example, position())).hasMessageContaining("3 numbers instead of 2");
        assertThat(set.size()).isZero();
    }

    private void put(String id, String label, Split split, float value) {
        set.put(
                id,
                new LabelledExample(
                        label, NOON, "b", EmbeddingVector.toBytes(new float[] {value, -value}), split, -1L, -1L),
                position());
    }

    private static float first(EmbeddingRows rows, int row) {
        float[] vector = new float[rows.dimension()];
        rows.read(row, vector, 0);
        return vector[0];
    }

    private TrainingSet.Position position() {
        return new TrainingSet.Position(0, offset, NOON.plusSeconds(offset++));
    }
}
