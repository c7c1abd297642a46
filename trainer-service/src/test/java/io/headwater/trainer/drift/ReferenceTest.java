package io.headwater.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.ModelPublished;
import io.headwater.trainer.fixture.Versions;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.EmbeddingRows;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Many more numbers in an embedding than images to compare with, and some of them far out. */
class ReferenceTest {
    private static final int DIMENSION = 2_432;
    private static final int HELD_OUT = 50;
    private static final int WINDOW = 60;
    private static final int WINDOWS = 200;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Function<EmbeddingRows, float[][]> ONE_CLASS = rows -> {
        float[][] answers = new float[rows.rows()][];
        Arrays.fill(answers, new float[] {1});
        return answers;
    };

    private final Random random = new Random(5);

    /** A reference of its own for each: with one of them the windows would be right or wrong together. */
    @Test
    void false_alarms_are_as_rare_as_was_asked_for_in_high_dimensions() {
        ModelPublished version = Versions.of(List.of("ant"));
        int five = 0;
        int twenty = 0;
        for (int i = 0; i < WINDOWS; i++) {
            Reference reference = new Reference(version, images(HELD_OUT), images(HELD_OUT), ONE_CLASS);
            double p = reference
                    .compare(images(WINDOW), NOW.plusMillis(i), NOW.plusSeconds(1), ONE_CLASS, 0.05)
                    .p();
            five += p <= 0.05 ? 1 : 0;
            twenty += p <= 0.2 ? 1 : 0;
        }

        // Of 200, 10 and 40 are expected; three standard deviations are 9 and 17.
        assertThat(five).isBetween(1, 19);
        assertThat(twenty).isBetween(23, 57);
    }

    /** Three kinds of images, each number of its own scale, and a few of a hundred times the usual. */
    private EmbeddingRows images(int count) {
        EmbeddingMatrix images = new EmbeddingMatrix(DIMENSION);
        for (int row = 0; row < count; row++) {
            float[] vector = new float[DIMENSION];
            int kind = random.nextInt(3);
            for (int i = 0; i < DIMENSION; i++) {
                double far = random.nextInt(100) == 0 ? 100 : 1;
                vector[i] = (float) ((i % 3 == kind ? 1 : 0) + (1 + i % 7) * far * random.nextGaussian());
            }
            images.append(vector);
        }
        return images;
    }
}
