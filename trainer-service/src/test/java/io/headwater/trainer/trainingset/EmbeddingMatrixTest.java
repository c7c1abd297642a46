package io.headwater.trainer.trainingset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.serde.EmbeddingVector;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class EmbeddingMatrixTest {

    @Test
    void a_view_reads_its_rows_in_its_order_while_the_matrix_grows() {
        EmbeddingMatrix matrix = new EmbeddingMatrix(2);
        for (int i = 0; i < 300; i++) {
            matrix.append(new float[] {i, -i});
        }
        EmbeddingRows view = matrix.view(new int[] {299, 0, 256});
        for (int i = 0; i < 300; i++) {
            matrix.append(EmbeddingVector.toBytes(new float[] {7, 7}));
        }

        FloatBuffer read = FloatBuffer.allocate(6);
        for (int row = 0; row < view.rows(); row++) {
            view.read(row, read);
        }
        assertThat(read.array()).containsExactly(299, -299, 0, 0, 256, -256);
        float[] first = new float[4];
        view.first(1).read(0, first, 2);
        assertThat(first).containsExactly(0, 0, 299, -299);
    }

    @Test
    void a_row_that_is_not_there_and_a_vector_of_another_width_are_refused() {
        EmbeddingMatrix matrix = new EmbeddingMatrix(2);
        matrix.append(new float[] {1, 2});

        assertThatThrownBy(() -> matrix.view(new int[] {1})).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.read(-1, new float[2], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.set(0, EmbeddingVector.toBytes(new float[] {1})))
                .hasMessageContaining("1 numbers instead of 2");
    }

    @Test
    void the_memory_that_is_missing_is_told_with_the_option_that_gives_more() {
        // Given more than any test JVM may take: a chunk is 256 rows
        EmbeddingMatrix matrix = new EmbeddingMatrix(2_000_000);

        assertThatThrownBy(() -> matrix.append(new float[0]))
                .isInstanceOf(OutOfDirectMemoryException.class)
                .hasMessageContaining("-XX:MaxDirectMemorySize");
        assertThat(matrix.rows()).isZero();
    }
}
