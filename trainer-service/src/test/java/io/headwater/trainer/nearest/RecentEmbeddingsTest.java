package io.headwater.trainer.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.serde.EmbeddingVector;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentEmbeddingsTest {
    private final RecentEmbeddings recent = new RecentEmbeddings();

    @Test
    void the_newest_are_kept_and_the_oldest_go() {
        for (int i = 0; i <= RecentEmbeddings.MOST; i++) {
            embed("image-" + i, i);
        }

        assertThat(recent.of("image-0")).isEmpty();
        assertThat(recent.of("image-1"))
                .hasValueSatisfying(vector -> assertThat(vector).containsExactly(1, 2));
    }

    @Test
    void an_image_that_comes_again_is_new_again() {
        for (int i = 0; i < RecentEmbeddings.MOST; i++) {
            embed("image-" + i, i);
        }
        embed("image-0", 7);
        embed("another", 8);

        assertThat(recent.of("image-0"))
                .hasValueSatisfying(vector -> assertThat(vector).containsExactly(7, 2));
        assertThat(recent.of("image-1")).isEmpty();
    }

    @Test
    void one_that_is_gone_is_forgotten() {
        embed("image", 1);
        recent.removed("image");

        assertThat(recent.of("image")).isEmpty();
    }

    private void embed(String id, float first) {
        recent.embedded(id, EmbeddingVector.toBytes(new float[] {first, 2}), Instant.EPOCH);
    }
}
