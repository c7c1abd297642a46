package io.headwater.inference.v2.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.inference.v2.protocol.InputTensor;
import io.headwater.inference.v2.protocol.ProtocolException;
import io.headwater.inference.v2.protocol.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {
    private static final int SIZE = 2;
    private static final int MOST = 4;

    @Test
    void each_image_is_its_part_of_the_tensor() throws ProtocolException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(24);
        bytes.put(12, (byte) 9);

        Images.Pixels images = (Images.Pixels) of("UINT8", List.of(2L, 2L, 2L, 3L), new TensorData.Binary(bytes));

        assertThat(images.count()).isEqualTo(2);
        assertThat(images.of(1).remaining()).isEqualTo(12);
        assertThat(images.of(1).get(0)).isEqualTo((byte) 9);
        assertThat(images.of(1).isDirect()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2,2,3 | takes [N,2,2,3]
                    1,3,2,3 | takes [N,2,2,3]
                    1,2,2,1 | takes [N,2,2,3]
                    2,2,2,3 | has 12 numbers
                    0,2,2,3 | from 1 to 4
                    5,2,2,3 | from 1 to 4
                    9223372036854775807,2,2,3 | from 1 to 4
                    1,9223372036854775807,9223372036854775807,3 | takes [N,2,2,3]
                    """)
    void a_shape_that_is_not_the_models_is_refused(String shape, String reason) {
        List<Long> dimensions =
                List.of(shape.split(",")).stream().map(Long::valueOf).toList();

        refused("UINT8", dimensions, new TensorData.Binary(ByteBuffer.allocateDirect(12)), reason);
    }

    @Test
    void another_datatype_or_name_is_refused() {
        TensorData data = new TensorData.Binary(ByteBuffer.allocateDirect(12));

        refused("FP32", List.of(1L, 2L, 2L, 3L), data, "takes UINT8 (pixels) or BYTES");
        refused("uint8", List.of(1L, 2L, 2L, 3L), data, "takes UINT8 (pixels) or BYTES");
        assertThatThrownBy(
                        () -> Images.of(new InputTensor("picture", "UINT8", List.of(1L, 2L, 2L, 3L), data), SIZE, MOST))
                .hasMessageContaining("no input picture");
    }

    @Test
    void data_of_another_kind_is_refused() {
        ByteBuffer twelve = ByteBuffer.allocateDirect(12);

        refused("UINT8", List.of(1L, 2L, 2L, 3L), new TensorData.Texts(List.of("x")), "holds strings");
        refused("UINT8", List.of(1L, 2L, 2L, 3L), new TensorData.Numbers(twelve, Optional.of("1.5")), "holds 1.5");
        refused("BYTES", List.of(1L), new TensorData.Numbers(twelve, Optional.empty()), "holds numbers");
    }

    @Test
    void elements_are_taken_apart_by_their_lengths() throws ProtocolException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(4 + 2 + 4 + 1).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(2)
                .put((byte) 'a')
                .put((byte) 'b')
                .putInt(1)
                .put((byte) 'c')
                .flip();

        Images.Encoded images = (Images.Encoded) of("BYTES", List.of(2L, 1L), new TensorData.Binary(bytes));

        assertThat(images.jpegs()).containsExactly(new byte[] {'a', 'b'}, new byte[] {'c'});
    }

    @Test
    void a_length_beyond_the_end_is_refused() {
        refused("BYTES", List.of(1L), new TensorData.Binary(elements(5, 'a')), "said to have 5 bytes");
        refused("BYTES", List.of(1L), new TensorData.Binary(elements(-1, 'a')), "said to have 4294967295 bytes");
        ByteBuffer cut = ByteBuffer.allocateDirect(3);
        refused("BYTES", List.of(1L), new TensorData.Binary(cut), "ends within the length of element 0");
    }

    @Test
    void another_number_of_elements_than_the_shape_says_is_refused() {
        refused("BYTES", List.of(2L), new TensorData.Binary(elements(1, 'a')), "has 1 elements");
        refused("BYTES", List.of(1L), new TensorData.Texts(List.of("YQ==", "YQ==")), "has 2 elements");
        refused("BYTES", List.of(), new TensorData.Texts(List.of("YQ==")), "takes [N] or [N,1]");
        refused("BYTES", List.of(1L, 2L), new TensorData.Texts(List.of("YQ==")), "takes [N] or [N,1]");
        refused("BYTES", List.of(1L), new TensorData.Texts(List.of("*")), "Base64");
    }

    @Test
    void a_body_alone_is_as_many_images_as_it_holds() throws ProtocolException {
        assertThat(Images.raw(ByteBuffer.allocateDirect(36), SIZE, MOST).count())
                .isEqualTo(3);
        for (int bytes : new int[] {0, 11, 13, 60}) {
            assertThatThrownBy(() -> Images.raw(ByteBuffer.allocateDirect(bytes), SIZE, MOST))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    private static ByteBuffer elements(int length, int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(length);
        for (int value : bytes) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private static Images of(String datatype, List<Long> shape, TensorData data) throws ProtocolException {
        return Images.of(new InputTensor("image", datatype, shape, data), SIZE, MOST);
    }

    private static void refused(String datatype, List<Long> shape, TensorData data, String reason) {
        assertThatThrownBy(() -> of(datatype, shape, data))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining(reason);
    }
}
