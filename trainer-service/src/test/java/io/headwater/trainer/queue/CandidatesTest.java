package io.headwater.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Backbone;
import io.headwater.events.Split;
import io.headwater.serde.EmbeddingVector;
import io.headwater.trainer.examples.HoldoutSplit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final Backbone BACKBONE = new Backbone("b", "test", "x", 1L, 64, 2, 0L);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Candidates candidates = new Candidates(50);

    @Test
    void what_can_be_learnt_from_has_its_embedding_and_what_is_held_out_is_only_listed() {
        begin(candidates, ids(40));

        try (Candidates.Pool pool = candidates.pool()) {
            assertThat(pool.ids()).isNotEmpty().allMatch(id -> HoldoutSplit.of(id) == Split.TRAIN);
            for (int row = 0; row < pool.ids().size(); row++) {
                float[] vector = new float[2];
                pool.embeddings().read(row, vector, 0);
                assertThat(vector).containsExactly(number(pool.ids().get(row)), 7);
            }
        }
        assertThat(candidates.checks(100, (id, at) -> true))
                .isNotEmpty()
                .allMatch(id -> HoldoutSplit.of(id) == Split.HOLDOUT);
    }

    @Test
    void of_too_many_the_same_stay_in_whatever_order_they_come() {
        List<String> ids = new ArrayList<>(ids(2_000));
        begin(candidates, ids);
        Candidates other = new Candidates(50);
        Collections.shuffle(ids, new Random(1));
        begin(other, ids);

        assertThat(candidates.size()).isEqualTo(50);
        assertThat(candidates.heldOut()).isEqualTo(50);
        assertThat(candidates.pool().ids()).isEqualTo(other.pool().ids());
        assertThat(candidates.checks(50, (id, at) -> true)).isEqualTo(other.checks(50, (id, at) -> true));
    }

    @Test
    void a_pool_does_not_change_while_it_is_used() {
        begin(candidates, ids(2_000));
        Candidates.Pool pool = candidates.pool();

        candidates.keep((id, at) -> false);
        IntStream.range(5_000, 5_200).forEach(i -> put(candidates, "image-" + i));

        for (int row = 0; row < pool.ids().size(); row++) {
            float[] vector = new float[2];
            pool.embeddings().read(row, vector, 0);
            assertThat(vector[0]).isEqualTo(number(pool.ids().get(row)));
        }
        pool.close();
    }

    @Test
    void what_is_labelled_or_gone_leaves_room_for_others() {
        begin(candidates, ids(2_000));
        String first = candidates.pool().ids().get(0);

        candidates.keep((id, at) -> !id.equals(first));
        assertThat(candidates.has(first, (id, at) -> true)).isFalse();
        assertThat(candidates.size()).isEqualTo(49);

        ids(100).forEach(id -> put(candidates, id));
        assertThat(candidates.size()).isEqualTo(50);
    }

    @Test
    void an_image_that_is_embedded_again_is_there_once_with_its_last_embedding() {
        begin(candidates, List.of("image-1", "image-1", "image-1"));

        assertThat(candidates.size() + candidates.heldOut()).isEqualTo(1);
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "image-" + i).toList();
    }

    private static void begin(Candidates candidates, List<String> ids) {
        candidates.begin(BACKBONE);
        ids.forEach(id -> put(candidates, id));
    }

    private static void put(Candidates candidates, String id) {
        candidates.embedded(id, EmbeddingVector.toBytes(new float[] {number(id), 7}), NOON);
    }

    private static float number(String id) {
        return Float.parseFloat(id.substring("image-".length()));
    }
}
