package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Split;
import io.headwater.trainer.examples.HoldoutSplit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationPartTest {

    @Test
    void is_about_one_in_ten_of_the_training_side() {
        List<String> train = IntStream.range(0, 20_000)
                .mapToObj(i -> "image-" + i)
                .filter(id -> HoldoutSplit.of(id) == Split.TRAIN)
                .toList();

        assertThat(train.stream().filter(CalibrationPart::has).count() / (double) train.size())
                .isBetween(0.09, 0.11);
    }

    @Test
    void stays_the_same_for_ever() {
        assertThat(IntStream.range(0, 40).filter(i -> CalibrationPart.has("image-" + i)))
                .containsExactly(0, 5, 20, 22);
    }
}
