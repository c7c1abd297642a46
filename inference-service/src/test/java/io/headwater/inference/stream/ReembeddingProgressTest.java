package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.inference.stream.ReembeddingProgress.Place;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReembeddingProgressTest {
    private static final TopicPartition ONE = new TopicPartition("images", 0);
    private static final TopicPartition TWO = new TopicPartition("images", 1);
    private static final OptionalLong NONE = OptionalLong.empty();

    @Test
    void what_has_its_prediction_and_is_still_there_remains() {
        ReembeddingProgress progress = progress(place(10, NONE, 100, old()), place(0, at(40), 50, old()));

        assertThat(progress.bound(ONE)).isEqualTo(100);
        assertThat(progress.remaining()).isEqualTo(90 + 10);
        assertThat(progress.isOver()).isFalse();
    }

    @Test
    void while_images_are_embedded_with_the_old_backbone_it_is_not_over() {
        ReembeddingProgress progress = progress(place(0, at(100), 100, old()), place(0, at(50), 50, switched(20)));

        assertThat(progress.remaining()).isZero();
        assertThat(progress.isOver()).isFalse();
    }

    @Test
    void where_the_new_backbone_serves_only_what_came_before_remains() {
        ReembeddingProgress progress =
                progress(place(0, at(60), 100, switched(70)), place(0, at(50), 50, switched(40)));

        assertThat(progress.bound(ONE)).isEqualTo(70);
        assertThat(progress.remaining()).isEqualTo(10);
        assertThat(progress.isOver()).isFalse();
    }

    @Test
    void it_is_over_when_each_partition_is_where_the_new_backbone_began_serving() {
        Place empty = new Place(0, at(0), NONE, Optional.empty());

        assertThat(progress(place(0, at(70), 100, switched(70)), empty).isOver())
                .isTrue();
    }

    @Test
    void it_is_over_when_nobody_remembers_it() {
        assertThat(progress(place(0, NONE, 100, switched(70)), place(0, NONE, 50, old()))
                        .isOver())
                .isTrue();
    }

    @Test
    void an_unknown_partition_has_to_wait() {
        assertThat(progress(place(0, NONE, 100, old()), place(0, NONE, 50, old()))
                        .bound(new TopicPartition("images", 9)))
                .isZero();
    }

    @Test
    void the_mark_is_read_as_it_was_written_and_anything_else_is_none() {
        BackboneMark mark = new BackboneMark(12, 345);

        assertThat(BackboneMark.parse(mark.toMetadata())).contains(mark);
        assertThat(BackboneMark.parse("")).isEmpty();
        assertThat(BackboneMark.parse(null)).isEmpty();
        assertThat(BackboneMark.parse("backbone-change=1 since=99999999999999999999"))
                .isEmpty();
    }

    private static ReembeddingProgress progress(Place one, Place two) {
        return new ReembeddingProgress(7, Map.of(ONE, one, TWO, two));
    }

    private static Place place(long beginning, OptionalLong again, long predicted, BackboneMark mark) {
        return new Place(beginning, again, at(predicted), Optional.of(mark));
    }

    private static OptionalLong at(long offset) {
        return OptionalLong.of(offset);
    }

    private static BackboneMark old() {
        return new BackboneMark(0, 0);
    }

    private static BackboneMark switched(long since) {
        return new BackboneMark(7, since);
    }
}
