package io.headwater.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EmbeddingVectorTest {
    @Test
    void numbers_survive_the_round_trip_at_an_offset() {
        float[] target = new float[4];

        EmbeddingVector.read(EmbeddingVector.toBytes(new float[] {1.5f, -0.0f, Float.MIN_VALUE}), target, 1);

        assertThat(target).containsExactly(0f, 1.5f, -0.0f, Float.MIN_VALUE);
    }

    @Test
    void bytes_are_little_endian() {
        assertThat(EmbeddingVector.toBytes(new float[] {1f}).array()).containsExactly(0, 0, 0x80, 0x3F);
    }

    @Test
    void a_slice_of_a_larger_buffer_is_read_from_its_position_and_stays_there() {
        ByteBuffer bytes =
                ByteBuffer.wrap(new byte[] {9, 0, 0, (byte) 0x80, 0x3F}).position(1);
        float[] target = new float[1];

        EmbeddingVector.read(bytes, target, 0);

        assertThat(target).containsExactly(1f);
        assertThat(bytes.position()).isEqualTo(1);
    }

    @Test
    void half_a_number_is_refused() {
        assertThatThrownBy(() -> EmbeddingVector.dimension(ByteBuffer.allocate(6)))
                .isInstanceOf(EventFormatException.class)
                .hasMessageContaining("6 bytes");
    }

    @Test
    void a_target_that_is_too_short_is_refused() {
        assertThatThrownBy(() -> EmbeddingVector.read(ByteBuffer.allocate(8), new float[1], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
