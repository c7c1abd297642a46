package io.headwater.inference.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanaryTest {
    @Test
    void the_share_is_near_the_percentage() {
        long answered = IntStream.range(0, 20_000)
                .filter(i -> Canary.answers("image-" + i, 12, 10))
                .count();

        assertThat(answered).isBetween(1_850L, 2_150L);
    }

    @Test
    void nothing_goes_to_the_canary_at_0_and_everything_at_100() {
        assertThat(IntStream.range(0, 1_000)).allMatch(i -> !Canary.answers("image-" + i, 12, 0));
        assertThat(IntStream.range(0, 1_000)).allMatch(i -> Canary.answers("image-" + i, 12, 100));
    }

    @Test
    void raising_the_percentage_keeps_every_image_that_the_canary_had() {
        assertThat(IntStream.range(0, 2_000).filter(i -> Canary.answers("image-" + i, 12, 10)))
                .isNotEmpty()
                .allMatch(i -> Canary.answers("image-" + i, 12, 50));
    }

    @Test
    void another_version_gets_other_images() {
        long both = IntStream.range(0, 20_000)
                .filter(i -> Canary.answers("image-" + i, 12, 10) && Canary.answers("image-" + i, 13, 10))
                .count();

        assertThat(both).isBetween(120L, 290L);
    }

    @Test
    void the_bucket_is_what_sha256sum_says() {
        // printf canary/12/a | sha256sum: first 16 digits, modulo 100
        assertThat(Canary.bucket("a", 12)).isEqualTo(5);
    }
}
