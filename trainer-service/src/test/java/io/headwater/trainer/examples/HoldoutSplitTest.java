package io.headwater.trainer.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Split;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldoutSplitTest {

    @Test
    void holds_out_about_one_image_in_five() {
        long holdout = IntStream.range(0, 20_000)
                .filter(i -> HoldoutSplit.of("image-" + i) == Split.HOLDOUT)
                .count();

        assertThat(holdout).isBetween(3_800L, 4_200L);
    }

    @Test
    void an_image_stays_on_its_side_from_release_to_release() {
        // Recorded once: if this fails, versions would be measured on what earlier ones were trained on.
        assertThat(IntStream.range(0, 20)
                        .mapToObj(i -> HoldoutSplit.of("image-" + i) == Split.HOLDOUT ? "H" : "t")
                        .reduce("", String::concat))
                .isEqualTo("tttHttttHtHHtHtHtttH");
    }
}
