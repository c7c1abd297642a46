package io.headwater.trainer.trainingset;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearDuplicatesTest {

    /** Against comparing each with each: after every step, on vectors that are made to be at and about the tolerance. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 15, 16, 17, 40, 333})
    void sets_aside_exactly_what_comparing_each_with_each_finds(int dimension) {
        Random random = new Random(dimension);
        for (int sequence = 0; sequence < 20; sequence++) {
            EmbeddingMatrix matrix = new EmbeddingMatrix(dimension);
            Set<Integer> reported = new HashSet<>();
            NearDuplicates duplicates = new NearDuplicates(
                    matrix, (row, setAside) -> assertThat(setAside ? reported.add(row) : reported.remove(row))
                            .isTrue());
            List<Integer> train = new ArrayList<>();
            List<Integer> holdout = new ArrayList<>();
            for (int step = 0; step < 80; step++) {
                List<Integer> side = random.nextBoolean() ? train : holdout;
                Split split = side == train ? Split.TRAIN : Split.HOLDOUT;
                if (!side.isEmpty() && random.nextInt(4) == 0) {
                    duplicates.remove(side.remove(random.nextInt(side.size())), split);
                } else {
                    int row = matrix.append(next(matrix, random));
                    side.add(row);
                    duplicates.add(row, split);
                }
                for (int held : holdout) {
                    boolean expected = train.stream().anyMatch(learnt -> isNear(matrix, held, learnt));
                    assertThat(duplicates.isSetAside(held)).isEqualTo(expected);
                    assertThat(reported.contains(held)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void a_vector_at_the_tolerance_is_found_wherever_the_borders_of_the_cells_are() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            EmbeddingMatrix matrix = new EmbeddingMatrix(16);
            NearDuplicates duplicates = new NearDuplicates(matrix, (row, setAside) -> {});
            float[] vector = new float[16];
            float[] far = new float[16];
            for (int n = 0; n < 16; n++) {
                vector[n] = random.nextFloat();
                far[n] = vector[n] + (random.nextBoolean() ? 0.999e-4f : -0.999e-4f);
            }
            duplicates.add(matrix.append(vector), Split.HOLDOUT);
            duplicates.add(matrix.append(far), Split.TRAIN);

            assertThat(duplicates.isSetAside(0)).isTrue();
        }
    }

    @Test
    void thousands_of_copies_of_one_picture_take_no_time_that_grows_with_their_square() {
        EmbeddingMatrix matrix = new EmbeddingMatrix(64);
        NearDuplicates duplicates = new NearDuplicates(matrix, (row, setAside) -> {});
        int copies = 10_000;
        for (int i = 0; i < copies; i++) {
            duplicates.add(matrix.append(new float[64]), i % 5 == 0 ? Split.HOLDOUT : Split.TRAIN);
        }
        for (int i = 0; i < copies; i++) {
            assertThat(duplicates.isSetAside(i)).isEqualTo(i % 5 == 0);
        }

        for (int i = 0; i < copies; i++) {
            if (i % 5 != 0) {
                duplicates.remove(i, Split.TRAIN);
            }
        }
        for (int i = 0; i < copies; i++) {
            assertThat(duplicates.isSetAside(i)).isFalse();
        }
    }

    /** New, or one that is there with each number moved by up to twice the tolerance, often by the tolerance itself. */
    private static float[] next(EmbeddingMatrix matrix, Random random) {
        float[] vector = new float[matrix.dimension()];
        if (matrix.rows() == 0 || random.nextInt(6) == 0) {
            float scale = List.of(0f, 1e-3f, 1f, 1e6f, 1e30f).get(random.nextInt(5));
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) random.nextGaussian() * (random.nextInt(9) == 0 ? scale : 1f);
            }
            return vector;
        }
        matrix.read(random.nextInt(matrix.rows()), vector, 0);
        double reach = List.of(0.5, 1.0, 1.01, 2.0).get(random.nextInt(4)) * NearDuplicates.TOLERANCE;
        for (int i = 0; i < vector.length; i++) {
            double move = List.of(0.0, 1.0, -1.0, random.nextDouble()).get(random.nextInt(4));
            vector[i] += (float) (move * reach);
        }
        return vector;
    }

    private static boolean isNear(EmbeddingMatrix matrix, int one, int other) {
        for (int i = 0; i < matrix.dimension(); i++) {
            if (Math.abs((double) matrix.get(one, i) - matrix.get(other, i)) > 1e-4) {
                return false;
            }
        }
        return true;
    }
}
