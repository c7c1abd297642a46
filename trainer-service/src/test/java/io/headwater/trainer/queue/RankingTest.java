package io.headwater.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final List<String> LABELS = List.of("rose", "tulip", "daisy");
    private static final float[][] NOTHING = {};

    private final Random random = new Random(1);

    @Test
    void what_the_version_is_unsure_of_comes_first_and_says_between_what() {
        float[][] places = points(3, 0);
        float[][] probabilities = {{0.98f, 0.01f, 0.01f}, {0.41f, 0.39f, 0.2f}, {0.1f, 0.2f, 0.7f}};

        List<Pick> picks = Ranking.byVersion(places, probabilities, LABELS, NOTHING, 10);

        assertThat(picks).extracting(Pick::row).containsExactly(1, 2, 0);
        assertThat(picks.get(0).answer()).isZero();
        assertThat(picks.get(0).reasons()).containsExactly("unsure between rose and tulip: 0.41 against 0.39");
        assertThat(picks.get(1).reasons()).containsExactly("unsure between daisy and tulip: 0.70 against 0.20");
    }

    @Test
    void pictures_that_are_alike_are_not_all_asked_for() {
        // Given sixty copies of one picture, a little more unsure than forty different ones
        List<float[]> places = new ArrayList<>();
        float[][] probabilities = new float[100][];
        float[] same = points(1, 0)[0];
        for (int i = 0; i < 100; i++) {
            places.add(i < 60 ? same : points(1, i)[0]);
            float best = i < 60 ? 0.400f : 0.401f;
            probabilities[i] = new float[] {best, 0.399f, 1 - 0.399f - best};
        }

        List<Pick> picks = Ranking.byVersion(places.toArray(float[][]::new), probabilities, LABELS, NOTHING, 50);

        assertThat(picks).extracting(Pick::row).doesNotHaveDuplicates().hasSize(50);
        assertThat(picks).filteredOn(pick -> pick.row() >= 60).hasSize(40);
    }

    @Test
    void an_image_unlike_anything_labelled_is_offered_though_the_version_is_sure() {
        float[][] labelled = points(300, 0);
        float[][] places = points(200, 0);
        places[17] = points(1, 40)[0];
        float[][] probabilities = new float[200][];
        for (int i = 0; i < 200; i++) {
            float best = i == 17 ? 0.99f : 0.5f;
            probabilities[i] = new float[] {best, 1 - best, 0};
        }

        List<Pick> picks = Ranking.byVersion(places, probabilities, LABELS, labelled, 20);

        assertThat(picks).filteredOn(pick -> pick.row() == 17).singleElement().satisfies(pick -> assertThat(
                        pick.reasons())
                .containsExactly("unlike anything labelled so far"));
    }

    @Test
    void few_images_like_the_labelled_ones_are_called_unlike_them() {
        Novelty novelty = new Novelty(points(500, 0));

        long unlike = IntStream.range(0, 1_000)
                .filter(i -> novelty.of(points(1, 0)[0]) > 1)
                .count();

        assertThat(unlike).isBetween(1L, 30L);
    }

    @Test
    void without_a_version_images_are_spread_and_each_comes_once() {
        // Given two groups, one of which is labelled already
        float[][] places = new float[100][];
        for (int i = 0; i < 100; i++) {
            places[i] = points(1, i < 90 ? 0 : 100)[0];
        }

        List<Pick> picks = Ranking.withoutVersion(places, points(50, 0), 100, 1);

        assertThat(picks.get(0).row()).isGreaterThanOrEqualTo(90);
        assertThat(picks).extracting(Pick::row).doesNotHaveDuplicates().hasSizeGreaterThan(95);
        assertThat(picks.get(0).reasons().get(0)).startsWith("spread over");
    }

    /** Around a place. */
    private float[][] points(int count, float centre) {
        float[][] points = new float[count][8];
        for (float[] point : points) {
            for (int k = 0; k < point.length; k++) {
                point[k] = centre + (float) random.nextGaussian();
            }
        }
        return points;
    }
}
