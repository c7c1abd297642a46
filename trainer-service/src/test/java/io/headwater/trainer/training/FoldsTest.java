package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {

    @Test
    void every_fold_has_its_share_of_every_class() {
        int[] targets = IntStream.range(0, 103).map(i -> i < 53 ? 0 : 1).toArray();

        int[] folds = Folds.deal(targets, 5, 1);

        for (int fold = 0; fold < 5; fold++) {
            int one = fold;
            assertThat(IntStream.range(0, 53).filter(i -> folds[i] == one).count())
                    .isBetween(10L, 11L);
            assertThat(IntStream.range(53, 103).filter(i -> folds[i] == one).count())
                    .isEqualTo(10);
        }
    }

    @Test
    void classes_of_fewer_examples_than_folds_leave_no_fold_empty() {
        int[] folds = Folds.deal(new int[] {0, 0, 1, 1, 2}, 5, 1);

        assertThat(folds).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void neighbours_do_not_end_up_in_folds_by_their_order() {
        int[] folds = Folds.deal(new int[100], 5, 1);

        assertThat(Arrays.copyOf(folds, 10)).isNotEqualTo(new int[] {0, 1, 2, 3, 4, 0, 1, 2, 3, 4});
        assertThat(folds).isEqualTo(Folds.deal(new int[100], 5, 1)).isNotEqualTo(Folds.deal(new int[100], 5, 2));
    }
}
