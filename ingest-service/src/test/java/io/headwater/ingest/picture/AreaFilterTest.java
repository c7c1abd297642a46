package io.headwater.ingest.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AreaFilterTest {
    @Test
    void an_image_that_is_not_scaled_is_exact() {
        BufferedImage image = noise(17, 11);

        BufferedImage scaled = AreaFilter.scale(PixelRows.of(image), 17, 11, 17, 11);

        for (int y = 0; y < 11; y++) {
            for (int x = 0; x < 17; x++) {
                assertThat(scaled.getRGB(x, y)).isEqualTo(image.getRGB(x, y));
            }
        }
    }

    @Test
    void every_new_pixel_is_the_mean_of_the_area_it_covers() {
        BufferedImage image = noise(101, 67);

        BufferedImage scaled = AreaFilter.scale(PixelRows.of(image), 101, 67, 23, 19);

        for (int y = 0; y < 19; y++) {
            for (int x = 0; x < 23; x++) {
                double expected =
                        meanGreen(image, x * 101 / 23.0, (x + 1) * 101 / 23.0, y * 67 / 19.0, (y + 1) * 67 / 19.0);
                assertThat((double) new Color(scaled.getRGB(x, y)).getGreen()).isCloseTo(expected, within(0.6));
            }
        }
    }

    @Test
    void white_stays_white_at_every_ratio() {
        for (int from = 1; from < 400; from += 13) {
            BufferedImage image = new BufferedImage(from, 3, BufferedImage.TYPE_3BYTE_BGR);
            for (int x = 0; x < from; x++) {
                image.setRGB(x, 0, -1);
                image.setRGB(x, 1, -1);
                image.setRGB(x, 2, -1);
            }
            for (int to = 1; to <= from; to += 7) {
                BufferedImage scaled = AreaFilter.scale(PixelRows.of(image), from, 3, to, 2);
                assertThat(scaled.getRGB(to - 1, 1)).isEqualTo(-1);
            }
        }
    }

    private static double meanGreen(BufferedImage image, double left, double right, double top, double bottom) {
        double sum = 0;
        for (int y = (int) top; y < Math.min(image.getHeight(), Math.ceil(bottom)); y++) {
            for (int x = (int) left; x < Math.min(image.getWidth(), Math.ceil(right)); x++) {
                double share =
                        (Math.min(right, x + 1) - Math.max(left, x)) * (Math.min(bottom, y + 1) - Math.max(top, y));
                sum += share * new Color(image.getRGB(x, y)).getGreen();
            }
        }
        return sum / ((right - left) * (bottom - top));
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(3);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }
}
