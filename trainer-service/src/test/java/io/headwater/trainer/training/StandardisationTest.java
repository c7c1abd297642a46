package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.EmbeddingRows;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardisationTest {

    private static void apply(Standardisation standardisation, float[] vector) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] =
                    (vector[i] - standardisation.mean()[i]) * standardisation.scale()[i];
        }
    }

    @Test
    void centres_and_scales_every_number() {
        EmbeddingRows rows = Embeddings.rows(List.of("a", "b"), 100, 9, 1, 1).embeddings();
        Standardisation standardisation = Standardisation.of(rows);

        for (int column = 0; column < 9; column++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < rows.rows(); row++) {
                float[] vector = new float[9];
                rows.read(row, vector, 0);
                apply(standardisation, vector);
                sum += vector[column];
                squares += vector[column] * vector[column];
            }
            assertThat(sum / rows.rows()).isEqualTo(0, within(1e-5));
            assertThat(squares / rows.rows()).isEqualTo(1, within(1e-3));
        }
    }

    @Test
    void a_constant_number_becomes_zero_and_nothing_else() {
        EmbeddingMatrix rows = new EmbeddingMatrix(2);
        rows.append(new float[] {3, 1});
        rows.append(new float[] {3, 2});
        float[] vector = {3, 1.5f};

        apply(Standardisation.of(rows), vector);

        assertThat(vector).containsExactly(0, 0);
    }

    @Test
    void the_folded_head_takes_embeddings_as_they_are() {
        EmbeddingRows rows = Embeddings.rows(List.of("a", "b"), 50, 40, 1, 1).embeddings();
        Standardisation standardisation = Standardisation.of(rows);
        Random random = new Random(1);
        float[] weights = new float[80];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        Layer folded = standardisation.fold(new Layer(40, weights, new float[] {0.5f, -1}));

        float[] raw = Embeddings.of("a", 999, 40, 1);
        float[] standard = raw.clone();
        apply(standardisation, standard);
        for (int c = 0; c < 2; c++) {
            double expected = c == 0 ? 0.5 : -1;
            double actual = folded.bias()[c];
            for (int i = 0; i < 40; i++) {
                expected += standard[i] * weights[i * 2 + c];
                actual += raw[i] * folded.weights()[i * 2 + c];
            }
            assertThat(actual).isEqualTo(expected, within(1e-4));
        }
    }

    @Test
    void unfolding_a_folded_layer_gives_it_back() {
        EmbeddingRows rows = Embeddings.rows(List.of("a", "b"), 50, 40, 1, 1).embeddings();
        Standardisation standardisation = Standardisation.of(rows);
        float[] weights = new float[80];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i - 40) / 40f;
        }

        Layer back = standardisation.unfold(standardisation.fold(new Layer(40, weights, new float[] {0.5f, -1})));

        for (int i = 0; i < weights.length; i++) {
            assertThat(back.weights()[i]).isEqualTo(weights[i], within(1e-5f));
        }
        assertThat(back.bias()[0]).isEqualTo(0.5f, within(1e-4f));
        assertThat(back.bias()[1]).isEqualTo(-1, within(1e-4f));
    }

    @Test
    void rare_classes_weigh_more_but_not_without_limit() {
        int[] targets = new int[1000];
        for (int i = 0; i < 10; i++) {
            targets[i] = 1;
        }

        float[] weights = ClassWeights.balanced(targets, 2);

        assertThat(weights[1] / weights[0]).isBetween(9f, 10f);
        assertThat(990 * weights[0] + 10 * weights[1]).isEqualTo(1000, within(0.01f));
    }
}
