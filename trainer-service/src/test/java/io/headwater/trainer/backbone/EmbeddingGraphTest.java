package io.headwater.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.headwater.artifacts.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmbeddingGraphTest {
    private static final int SIZE = 64;

    @Test
    void begins_with_what_the_source_makes_of_the_scaled_image() throws Exception {
        byte[] pixels = new byte[SIZE * SIZE * 3];
        new Random(3).nextBytes(pixels);

        float[] expected = features(source(), pixels);
        float[] actual = embedding(BackboneSource.openimages(SIZE).acquire().bytes(), pixels);

        assertThat(actual).hasSize(2432);
        for (int i = 0; i < 1280; i++) {
            assertThat(actual[i]).isEqualTo(expected[i], within(2e-4f));
        }
    }

    @Test
    void the_averages_of_all_taps_are_between_zero_and_six_and_not_all_alike() throws Exception {
        byte[] pixels = new byte[SIZE * SIZE * 3];
        new Random(3).nextBytes(pixels);

        float[] embedding = embedding(BackboneSource.openimages(SIZE).acquire().bytes(), pixels);

        int[] bounds = {0, 1280, 1856, 2240, 2432};
        for (int tap = 0; tap < 4; tap++) {
            float sum = 0;
            for (int i = bounds[tap]; i < bounds[tap + 1]; i++) {
                assertThat(embedding[i]).isBetween(0f, 6f);
                sum += embedding[i];
            }
            assertThat(sum).isGreaterThan(1);
        }
    }

    @Test
    void is_the_same_bytes_every_time() {
        BackboneFile first = BackboneSource.openimages(SIZE).acquire();

        assertThat(BackboneSource.openimages(SIZE).acquire().id()).isEqualTo(first.id());
        assertThat(first.id()).isEqualTo(Sha256.of(first.bytes()));
    }

    @Test
    void is_the_file_that_is_recorded() {
        // Another id makes every embedding that is stored worthless: all images have to be embedded again.
        assertThat(BackboneSource.openimages(224).acquire().id())
                .isEqualTo("5307a072c676046c6cde75e1d5e2adfe4148713e7411345769c8e0cc5d568d8a");
    }

    @Test
    void another_input_size_is_another_backbone() {
        assertThat(BackboneSource.openimages(96).acquire().id())
                .isNotEqualTo(BackboneSource.openimages(SIZE).acquire().id());
    }

    private static float[] features(byte[] model, byte[] pixels) throws OrtException {
        FloatBuffer planes = ByteBuffer.allocateDirect(pixels.length * 4)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < SIZE * SIZE; i++) {
                planes.put((pixels[i * 3 + channel] & 255) / 127.5f - 1);
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(environment, planes.flip(), new long[] {1, 3, SIZE, SIZE});
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return ((float[][]) result.get(0).getValue())[0];
        }
    }

    private static float[] embedding(byte[] model, byte[] pixels) throws OrtException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(pixels.length)
                .order(ByteOrder.nativeOrder())
                .put(pixels)
                .flip();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(
                        environment, buffer, new long[] {1, SIZE, SIZE, 3}, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return ((float[][]) result.get("embedding").orElseThrow().getValue())[0];
        }
    }

    private static byte[] source() {
        return BundledBackbone.file();
    }
}
