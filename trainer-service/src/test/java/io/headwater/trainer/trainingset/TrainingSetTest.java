package io.headwater.trainer.trainingset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.artifacts.Sha256;
import io.headwater.events.LabelledExample;
import io.headwater.events.Split;
import io.headwater.serde.EmbeddingVector;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
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
    void a_snapshot_stays_as_it_was_while_examples_are_replaced_and_taken_back() {
        put("1", "cat", Split.TRAIN, 1);
        put("2", "cat", Split.TRAIN, 2);

        try (TrainingData data = set.snapshot(1)) {
            put("1", "dog", Split.TRAIN, 10);
            set.remove("2", position());
            put("3", "cat", Split.TRAIN, 3);
            set.clear();
            put("4", "cat", Split.TRAIN, 4);

            assertThat(data.train().labels()).containsExactly("cat", "cat");
            assertThat(first(data.train().embeddings(), 0)).isEqualTo(1);
            assertThat(first(data.train().embeddings(), 1)).isEqualTo(2);
        }
        assertThat(first(set.snapshot(1).train().embeddings(), 0)).isEqualTo(4);
    }

    @Test
    void rows_of_a_closed_snapshot_are_used_again_and_those_of_an_open_one_are_not() {
        put("1", "cat", Split.TRAIN, 1);
        TrainingData open = set.snapshot(1);
        TrainingData closed = set.snapshot(1);
        closed.close();
        put("1", "cat", Split.TRAIN, 2);
        put("1", "cat", Split.TRAIN, 3);
        assertThat(set.rows()).isEqualTo(3);

        open.close();
        open.close();
        put("1", "cat", Split.TRAIN, 4);
        put("1", "cat", Split.TRAIN, 5);

        assertThat(set.rows()).isEqualTo(3);
    }

    @Test
    void reading_everything_again_takes_no_more_memory() {
        for (int round = 0; round < 3; round++) {
            set.clear();
            for (int i = 0; i < 1_000; i++) {
                put("image-" + i, "cat", Split.TRAIN, i);
            }
        }

        assertThat(set.rows()).isEqualTo(1_000);
    }

    @Test
    void tells_how_far_the_labels_and_embeddings_reach_that_made_the_examples() {
        put("1", "cat", Split.TRAIN, 1, 7, 3);
        put("2", "cat", Split.TRAIN, 2, 5, 9);
        put("3", "rare", Split.HOLDOUT, 3, 11, -1);

        TrainingData data = set.snapshot(1);
        assertThat(data.labelOffsets()).isEqualTo(Map.of(0, 12L));
        assertThat(data.embeddingOffsets()).isEqualTo(Map.of(0, 10L));
    }

    @Test
    void the_newest_example_is_the_newest_of_the_classes_that_are_learnt() {
        put("1", "cat", Split.TRAIN, 1);
        put("2", "rare", Split.HOLDOUT, 2);

        assertThat(set.snapshot(1).newest()).contains(NOON);
        assertThat(set.snapshot(9).newest()).isEmpty();
    }

    @Test
    void the_digest_of_a_class_is_that_of_its_examples_in_the_order_of_their_ids() {
        put("b", "cat", Split.TRAIN, 2);
        put("a", "cat", Split.HOLDOUT, 1);
        put("c", "dog", Split.TRAIN, 3);

        // Given what ClassDigests says, written down once more
        MessageDigest expected = Sha256.digest();
        expected.update("a\0cat\0HOLDOUT\0".getBytes(UTF_8));
        expected.update(EmbeddingVector.toBytes(new float[] {1, -1}));
        expected.update("b\0cat\0TRAIN\0".getBytes(UTF_8));
        expected.update(EmbeddingVector.toBytes(new float[] {2, -2}));
        assertThat(set.snapshot(1).digests())
                .containsOnlyKeys("cat", "dog")
                .containsEntry("cat", HexFormat.of().formatHex(expected.digest()));
    }

    @Test
    void digests_do_not_depend_on_the_order_of_arrival_but_on_every_number_and_label() {
        put("a", "cat", Split.TRAIN, 1);
        put("b", "cat", Split.HOLDOUT, 2);
        Map<String, String> digests = set.snapshot(1).digests();

        set.clear();
        put("b", "cat", Split.HOLDOUT, 2);
        put("a", "cat", Split.TRAIN, 1);
        assertThat(set.snapshot(1).digests()).isEqualTo(digests);

        put("b", "cat", Split.HOLDOUT, Math.nextUp(2f));
        assertThat(set.snapshot(1).digests()).isNotEqualTo(digests);
    }

    @Test
    void a_held_out_picture_that_is_nearly_one_to_learn_from_is_set_aside_until_that_one_is_gone() {
        put("held", "cat", Split.HOLDOUT, 1);
        put("other", "cat", Split.TRAIN, 2);
        assertThat(set.counts()).isEqualTo(Map.of("cat", new ClassCount(1, 1)));

        put("learnt", "dog", Split.TRAIN, 1.00005f);
        assertThat(set.counts()).isEqualTo(Map.of("cat", new ClassCount(1, 0, 1), "dog", new ClassCount(1, 0)));
        TrainingData data = set.snapshot(1);
        assertThat(data.holdout().size()).isZero();
        assertThat(data.nearDuplicates()).isEqualTo(1);

        set.remove("learnt", position());
        assertThat(set.counts()).isEqualTo(Map.of("cat", new ClassCount(1, 1)));
        assertThat(set.snapshot(1).holdout().ids()).containsExactly("held");
    }

    @Test
    void pages_through_all_that_match_in_the_order_of_the_ids() {
        put("a", "cat", Split.TRAIN, 1);
        put("b", "cat", Split.HOLDOUT, 1);
        put("c", "dog", Split.TRAIN, 2);
        put("d", "cat", Split.TRAIN, 3);
        put("e", "cat", Split.HOLDOUT, 4);

        assertThat(ids("", Optional.empty(), Optional.empty(), Optional.empty(), 9))
                .isEqualTo("a b c d e");
        assertThat(ids("", Optional.of("cat"), Optional.empty(), Optional.empty(), 2))
                .isEqualTo("a b, next after b");
        assertThat(ids("b", Optional.of("cat"), Optional.empty(), Optional.empty(), 2))
                .isEqualTo("d e");
        assertThat(ids("", Optional.empty(), Optional.of(Split.HOLDOUT), Optional.of(false), 9))
                .isEqualTo("e");
        assertThat(ids("", Optional.empty(), Optional.empty(), Optional.of(true), 9))
                .isEqualTo("b");
        assertThat(ids("e", Optional.empty(), Optional.empty(), Optional.empty(), 9))
                .isEqualTo("");
    }

    private String ids(
            String after, Optional<String> label, Optional<Split> split, Optional<Boolean> setAside, int limit) {
        ExamplesPage page = set.page(new ExamplesPage.Query(label, split, setAside, after, limit));
        return page.items().stream().map(ExamplesPage.Item::id).collect(Collectors.joining(" "))
                + page.next().map(next -> ", next after " + next).orElse("");
    }

    @Test
    void new_is_counted_alike_whether_it_is_asked_always_or_once() {
        TrainingSet asked = new TrainingSet(2);
        Random random = new Random(1);
        Map<Integer, Long> since = Map.of(0, 100L);
        for (int i = 0; i < 400; i++) {
            String id = "image-" + random.nextInt(40);
            TrainingSet.Position position = position();
            for (TrainingSet each : List.of(set, asked)) {
                if (i % 5 == 0) {
                    each.remove(id, position);
                } else {
                    each.put(id, example("cat", Split.TRAIN, i, -1, -1), position);
                }
            }
            NewLabels news = asked.newSince(since);
            if (i % 50 == 0) {
                set.newSince(Map.of());
                assertThat(set.newSince(since)).isEqualTo(news);
            }
        }
    }

    @Test
    void new_is_what_came_at_or_after_the_offsets_of_a_version() {
        put("1", "cat", Split.TRAIN, 1);
        Map<Integer, Long> read = set.snapshot(1).offsets();
        put("2", "cat", Split.TRAIN, 2);
        put("1", "dog", Split.TRAIN, 1);

        assertThat(read).isEqualTo(Map.of(0, 1L));
        assertThat(set.newSince(read)).isEqualTo(new NewLabels(2, Optional.of(NOON.plusSeconds(1))));
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
    void takes_the_examples_of_one_backbone_alone_and_begins_anew_with_another() {
        put("1", "cat", Split.TRAIN, 1);
        TrainingData before = set.snapshot(1);

        set.begin("other", 3);
        offset = 0;
        var wide = new LabelledExample(
                "dog", NOON, "other", EmbeddingVector.toBytes(new float[] {1, 2, 3}), Split.TRAIN, -1L, -1L);
        set.put("2", wide, position());

        assertThatThrownBy(() -> put("3", "cat", Split.TRAIN, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instead of other");
        assertThat(set.counts()).isEqualTo(Map.of("dog", new ClassCount(1, 0)));
        assertThat(set.snapshot(1).train().embeddings().dimension()).isEqualTo(3);
        assertThat(before.train().embeddings().dimension()).isEqualTo(2);
        before.close();
    }

    @Test
    void refuses_an_embedding_of_another_width_and_changes_nothing() {
        var example = new LabelledExample(
                "cat", NOON, "b", EmbeddingVector.toBytes(new float[] {1, 2, 3}), Split.TRAIN, -1L, -1L);

        assertThatThrownBy(() -> set.put("1", example, position())).hasMessageContaining("3 numbers instead of 2");
        assertThat(set.size()).isZero();
    }

    private void put(String id, String label, Split split, float value) {
        put(id, label, split, value, -1, -1);
    }

    private void put(String id, String label, Split split, float value, long labelOffset, long embeddingOffset) {
        set.put(id, example(label, split, value, labelOffset, embeddingOffset), position());
    }

    private static LabelledExample example(
            String label, Split split, float value, long labelOffset, long embeddingOffset) {
        return new LabelledExample(
                label,
                NOON,
                "b",
                EmbeddingVector.toBytes(new float[] {value, -value}),
                split,
                labelOffset,
                embeddingOffset);
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
