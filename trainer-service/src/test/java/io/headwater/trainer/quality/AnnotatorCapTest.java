package io.headwater.trainer.quality;

import static io.headwater.trainer.quality.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.quality.AnnotatorCap.Given;
import io.headwater.trainer.quality.AnnotatorCap.Hour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AnnotatorCapTest {
    private static final long HOUR = NOON.getEpochSecond() / 3600;

    private final List<Given> labels = new ArrayList<>();

    @Test
    void the_first_labels_of_an_hour_count() {
        give("late", 1, HOUR, false, 30);
        give("first", 1, HOUR, false, 10);
        give("second", 1, HOUR, false, 20);

        assertThat(beyond(2)).containsExactly(ImageKey.of("late"));
        assertThat(beyond(3)).isEmpty();
    }

    @Test
    void each_annotator_each_hour_and_each_side_of_the_split_is_counted_apart() {
        give("1", 1, HOUR, false, 0);
        give("2", 2, HOUR, false, 0);
        give("3", 1, HOUR + 1, false, 3600);
        give("4", 1, HOUR, true, 0);

        assertThat(beyond(1)).isEmpty();
    }

    @Test
    void of_labels_at_the_same_moment_the_same_ones_count_in_whatever_order_they_come() {
        for (int i = 0; i < 100; i++) {
            give("image-" + i, 1, HOUR, false, 5);
        }

        Set<ImageKey> beyond = beyond(30);
        Collections.shuffle(labels, new Random(1));

        assertThat(beyond).hasSize(70);
        assertThat(beyond(30)).isEqualTo(beyond);
    }

    @Test
    void what_counted_goes_on_counting_when_more_come() {
        for (int i = 0; i < 50; i++) {
            give("image-" + i, 1, HOUR, false, i);
        }
        Set<ImageKey> before = beyond(10);

        give("more", 1, HOUR, false, 51);

        assertThat(beyond(10)).containsAll(before).hasSize(before.size() + 1);
    }

    @Test
    void the_hours_are_those_of_the_clock() {
        assertThat(hour(NOON)).isEqualTo(hour(NOON.plusSeconds(3599)));
        assertThat(hour(NOON.plusSeconds(3600))).isNotEqualTo(hour(NOON));
        assertThat(hour(Instant.EPOCH.minusMillis(1)).hour()).isEqualTo(-1);
    }

    private static Hour hour(Instant labelledAt) {
        return Hour.of(new Judgement(
                false, 1, 0, labelledAt.toEpochMilli(), 0, new long[] {7}, new int[] {0}, new float[] {1}));
    }

    private void give(String image, int annotator, long hour, boolean sampled, long seconds) {
        labels.add(new Given(
                ImageKey.of(image),
                new Hour(annotator, hour, sampled),
                NOON.plusSeconds(seconds).toEpochMilli()));
    }

    private Set<ImageKey> beyond(int most) {
        return AnnotatorCap.beyond(labels, most).stream().map(Given::image).collect(Collectors.toSet());
    }
}
