package io.headwater.inference.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.inference.fixture.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelsTest {
    @ParameterizedTest
    @CsvSource({"341,256,224", "256,341,160", "40,30,64", "17,200,33", "64,64,64", "1,1,16", "700,3,20", "5,5,4"})
    void squashing_is_the_area_average_or_the_linear_interpolation(int width, int height, int size) {
        // Given
        byte[] samples = new byte[width * height * 3];
        new Random(size).nextBytes(samples);

        // When
        byte[] squashed = new Pixels(size).squash(new Raster(samples, width, height, Raster.Colour.RGB));

        // Then
        assertThat(squashed).hasSize(size * size * 3);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                for (int band = 0; band < 3; band++) {
                    double exact = slow(samples, width, height, size, x, y, band);
                    assertThat(squashed[(y * size + x) * 3 + band] & 0xFF)
                            .as("pixel %d %d band %d", x, y, band)
                            // Two roundings to 8 bits, and weights of 13 bits.
                            .isBetween((int) Math.floor(exact - 1.25), (int) Math.ceil(exact + 1.25));
                }
            }
        }
    }

    @Test
    void what_the_largest_samples_sum_to_never_leaves_its_lane() {
        byte[] white = new byte[333 * 257 * 3];
        Arrays.fill(white, (byte) 255);

        byte[] squashed = new Pixels(224).squash(new Raster(white, 333, 257, Raster.Colour.RGB));

        assertThat(squashed).containsOnly(255);
    }

    @Test
    void a_colour_jpeg_has_the_colours_that_another_decoder_sees() throws Exception {
        // Given
        byte[] jpeg = Pictures.jpeg(Pictures.colour(64, 64, 5));
        BufferedImage expected = ImageIO.read(new ByteArrayInputStream(jpeg));

        // When
        ByteBuffer pixels = read(new Pixels(64), jpeg);

        // Then
        for (int i = 0; i < 64 * 64; i++) {
            int rgb = expected.getRGB(i % 64, i / 64);
            assertThat(pixels.get(i * 3) & 0xFF).isCloseTo((rgb >> 16) & 0xFF, offset());
            assertThat(pixels.get(i * 3 + 1) & 0xFF).isCloseTo((rgb >> 8) & 0xFF, offset());
            assertThat(pixels.get(i * 3 + 2) & 0xFF).isCloseTo(rgb & 0xFF, offset());
        }
    }

    @Test
    void a_gray_jpeg_gives_three_equal_samples() throws Exception {
        // Given
        BufferedImage gray = new BufferedImage(50, 40, BufferedImage.TYPE_BYTE_GRAY);
        gray.createGraphics().drawImage(Pictures.colour(50, 40, 3), 0, 0, null);

        // When
        ByteBuffer pixels = read(new Pixels(16), Pictures.jpeg(gray));

        // Then
        int brightest = 0;
        for (int i = 0; i < 16 * 16; i++) {
            assertThat(pixels.get(i * 3 + 1)).isEqualTo(pixels.get(i * 3));
            assertThat(pixels.get(i * 3 + 2)).isEqualTo(pixels.get(i * 3));
            brightest = Math.max(brightest, pixels.get(i * 3) & 0xFF);
        }
        assertThat(brightest).isGreaterThan(20);
    }

    @Test
    void a_broken_picture_is_unreadable_and_the_next_one_is_not() throws Exception {
        Pixels pixels = new Pixels(16);
        byte[] jpeg = Pictures.jpeg(Pictures.colour(200, 150, 9));
        byte[] truncated = Arrays.copyOf(jpeg, jpeg.length / 2);

        assertUnreadable(pixels, truncated);
        assertUnreadable(pixels, Arrays.copyOf(jpeg, 20));
        assertUnreadable(pixels, new byte[0]);
        assertUnreadable(pixels, "this is no picture at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(read(pixels, jpeg).remaining()).isEqualTo(16 * 16 * 3);
    }

    @Test
    void a_header_that_claims_more_than_a_normalised_picture_has_is_refused_before_it_is_decoded() {
        byte[] jpeg = Pictures.jpeg(Pictures.colour(40, 30, 1));
        int frame = frame(jpeg);
        jpeg[frame + 5] = (byte) 0xEA;
        jpeg[frame + 7] = (byte) 0xEA;

        assertThatThrownBy(() -> read(new Pixels(16), jpeg))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("more than a normalised picture");
    }

    private static ByteBuffer read(Pixels pixels, byte[] jpeg) throws UnreadableImageException {
        ByteBuffer rgb = ByteBuffer.allocate(64 * 64 * 3);
        pixels.read(jpeg, rgb);
        return rgb;
    }

    private static int frame(byte[] jpeg) {
        for (int i = 0; i < jpeg.length; i++) {
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
                return i;
            }
        }
        throw new IllegalArgumentException("no baseline frame");
    }

    private static void assertUnreadable(Pixels pixels, byte[] bytes) {
        assertThatThrownBy(() -> read(pixels, bytes)).isInstanceOf(UnreadableImageException.class);
    }

    private static org.assertj.core.data.Offset<Integer> offset() {
        return org.assertj.core.data.Offset.offset(2);
    }

    // As the Javadoc of Pixels and Span says it, in floating point and without a thought for speed.
    private static double slow(byte[] samples, int width, int height, int size, int x, int y, int band) {
        double[] across = weights(width, size, x);
        double[] down = weights(height, size, y);
        double sum = 0;
        for (int v = 0; v < height; v++) {
            for (int u = 0; u < width && down[v] > 0; u++) {
                sum += down[v] * across[u] * (samples[(v * width + u) * 3 + band] & 0xFF);
            }
        }
        return sum;
    }

    private static double[] weights(int source, int target, int i) {
        double[] weights = new double[source];
        double scale = (double) source / target;
        if (scale > 1) {
            for (int k = 0; k < source; k++) {
                double covered = Math.min(k + 1.0, (i + 1) * scale) - Math.max(k, i * scale);
                weights[k] = Math.max(0, covered) / scale;
            }
        } else {
            double centre = Math.min(source - 1.0, Math.max(0, (i + 0.5) * scale - 0.5));
            for (int k = 0; k < source; k++) {
                weights[k] = Math.max(0, 1 - Math.abs(k - centre));
            }
        }
        return weights;
    }
}
