package io.headwater.inference.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.inference.stream.CommittedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentPredictionsTest {
    private static final int PREDICTION = 300;
    private static final int PICTURE = 25_000;

    @Test
    void the_newest_come_first_and_the_oldest_are_forgotten() {
        RecentPredictions recent = store(3, 1_000_000, 1_000_000);

        commit(recent, 0, 5);

        assertThat(recent.newest(10)).extracting(Recent::imageId).containsExactly("image-4", "image-3", "image-2");
        assertThat(recent.newest(1)).extracting(Recent::imageId).containsExactly("image-4");
        assertThat(recent.of("image-1")).isEmpty();
        assertThat(recent.of("image-2")).isPresent();
    }

    @Test
    void an_image_that_comes_twice_is_known_by_its_newest_prediction_until_that_is_forgotten() {
        RecentPredictions recent = store(2, 1_000_000, 1_000_000);
        recent.committed(List.of(image("same", 1)));
        recent.committed(List.of(image("same", 2)));

        recent.committed(List.of(image("other", 3)));
        assertThat(recent.of("same").orElseThrow().offset()).isEqualTo(2);

        recent.committed(List.of(image("another", 4)));
        assertThat(recent.of("same")).isEmpty();
    }

    @Test
    void memory_stays_within_its_bounds_however_many_come() {
        RecentPredictions recent = store(1_000, 100_000, 10 * PICTURE);

        for (int round = 0; round < 50; round++) {
            commit(recent, round * 100, round * 100 + 100);

            assertThat(recent.bytes()).isLessThanOrEqualTo(100_000);
            assertThat(recent.pictureBytes()).isLessThanOrEqualTo(10 * PICTURE);
        }

        List<Recent> kept = recent.newest(1_000);
        assertThat(kept).hasSizeBetween(150, 200);
        assertThat(kept.stream().filter(one -> one.image().isPresent())).hasSize(10);
        assertThat(kept.get(9).image()).isPresent();
        assertThat(kept.get(10).image()).isEmpty();
        assertThat(recent.pictureBytes()).isEqualTo(10 * PICTURE);
        assertThat(recent.bytes())
                .isEqualTo(kept.stream().mapToLong(Recent::bytes).sum());
    }

    @Test
    void one_that_is_larger_than_all_the_memory_is_not_kept() {
        RecentPredictions recent = store(10, 64 * 1024, PICTURE - 1);

        recent.committed(List.of(new CommittedImage(0, 1, new byte[1], new byte[PICTURE], new byte[70_000])));

        assertThat(recent.newest(10)).isEmpty();
        assertThat(recent.bytes()).isZero();
        assertThat(recent.pictureBytes()).isZero();
    }

    @Test
    void without_memory_for_pictures_there_are_predictions_all_the_same() {
        RecentPredictions recent = store(10, 1_000_000, 0);

        commit(recent, 0, 3);

        assertThat(recent.newest(10)).hasSize(3).allMatch(one -> one.image().isEmpty());
    }

    @Test
    void who_reads_on_is_told_what_was_forgotten_in_between() {
        RecentPredictions recent = store(3, 1_000_000, 0);
        commit(recent, 0, 5);

        RecentPredictions.Slice all = recent.from(1, 10);
        RecentPredictions.Slice some = recent.from(3, 2);
        RecentPredictions.Slice none = recent.from(6, 10);

        assertThat(all.recent()).extracting(Recent::sequence).containsExactly(3L, 4L, 5L);
        assertThat(all.lost()).isEqualTo(2);
        assertThat(all.next()).isEqualTo(6);
        assertThat(some.recent()).extracting(Recent::sequence).containsExactly(3L, 4L);
        assertThat(some.lost()).isZero();
        assertThat(some.next()).isEqualTo(5);
        assertThat(none.recent()).isEmpty();
        assertThat(none.next()).isEqualTo(6);
    }

    @Test
    void each_commit_is_told_once() {
        RecentPredictions recent = store(3, 1_000_000, 0);
        AtomicInteger told = new AtomicInteger();
        recent.onCommit(told::incrementAndGet);

        commit(recent, 0, 5);

        assertThat(told).hasValue(1);
    }

    static RecentPredictions store(int count, long bytes, long pictureBytes) {
        return new RecentPredictions(new RecentSettings(count, bytes, pictureBytes, 4));
    }

    static void commit(RecentPredictions recent, int from, int to) {
        recent.committed(
                IntStream.range(from, to).mapToObj(i -> image("image-" + i, i)).toList());
    }

    private static CommittedImage image(String id, long offset) {
        return new CommittedImage(
                0, offset, id.getBytes(StandardCharsets.UTF_8), new byte[PICTURE], new byte[PREDICTION]);
    }
}
