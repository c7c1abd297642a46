package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.fixture.Embeddings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarmStartTest {
    private final Standardisation standardisation =
            Standardisation.of(Embeddings.rows(List.of("a", "b"), 30, 3, 1, 1).embeddings());
    private final Head cold = FirstWeights.of(3, 2, 0, 1);

    private static Head linear(float[] weights, float... bias) {
        return new Head(Optional.empty(), new Layer(weights.length / bias.length, weights, bias));
    }

    @Test
    void classes_are_found_by_their_names_and_new_ones_start_cold() {
        Head before = linear(new float[] {1, 2, 3, 4, 5, 6}, 7, 8);
        StartingPoint stable = new StartingPoint(
                List.of("gone", "bee"), new Head(Optional.empty(), standardisation.fold(before.output())));

        Head warm = WarmStart.of(stable, List.of("bee", "new"), cold, standardisation)
                .orElseThrow();

        float[] weights = warm.output().weights();
        float[] fresh = cold.output().weights();
        assertThat(weights[0]).isEqualTo(2, within(1e-5f));
        assertThat(weights[2]).isEqualTo(4, within(1e-5f));
        assertThat(weights[4]).isEqualTo(6, within(1e-5f));
        assertThat(new float[] {weights[1], weights[3], weights[5]}).containsExactly(fresh[1], fresh[3], fresh[5]);
        assertThat(warm.output().bias()[0]).isEqualTo(8, within(1e-4f));
        assertThat(warm.output().bias()[1]).isZero();
    }

    @Test
    void embeddings_of_another_width_are_no_start() {
        StartingPoint wide = new StartingPoint(List.of("a", "b"), linear(new float[8], 0, 0));

        assertThat(WarmStart.of(wide, List.of("a", "b"), cold, standardisation)).isEmpty();
    }

    @Test
    void a_head_of_another_shape_is_no_start() {
        StartingPoint hidden = new StartingPoint(List.of("a", "b"), FirstWeights.of(3, 2, 4, 1));

        assertThat(WarmStart.of(hidden, List.of("a", "b"), cold, standardisation))
                .isEmpty();
        assertThat(WarmStart.of(hidden, List.of("a", "b"), FirstWeights.of(3, 2, 5, 1), standardisation))
                .isEmpty();
        assertThat(WarmStart.of(hidden, List.of("a", "b"), FirstWeights.of(3, 2, 4, 9), standardisation))
                .isPresent();
    }
}
