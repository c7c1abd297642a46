package io.headwater.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SyntheticImagesTest {

    private final SyntheticImages images = new SyntheticImages(42);

    @Test
    void the_same_seed_leaf_light_and_number_give_the_same_bytes() {
        assertThat(images.jpeg(Leaf.OAK, Light.DAY, 3)).isEqualTo(new SyntheticImages(42).jpeg(Leaf.OAK, Light.DAY, 3));
    }

    @Test
    void every_seed_leaf_light_and_number_give_another_picture() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 2; seed++) {
            for (Leaf leaf : Leaf.values()) {
                for (Light light : Light.values()) {
                    for (long index = 0; index < 3; index++) {
                        seen.add(HexFormat.of().formatHex(new SyntheticImages(seed).jpeg(leaf, light, index)));
                    }
                }
            }
        }

        assertThat(seen).hasSize(2 * Leaf.values().length * Light.values().length * 3);
    }

    @Test
    void a_picture_is_a_jpeg_of_the_promised_size() throws Exception {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(images.jpeg(Leaf.GINKGO, Light.DAY, 1)));

        assertThat(read.getWidth()).isEqualTo(SyntheticImages.SIZE);
        assertThat(read.getHeight()).isEqualTo(SyntheticImages.SIZE);
    }

    @Test
    void dusk_is_darker_and_bluer_than_day() {
        double[] day = mean(Light.DAY);
        double[] dusk = mean(Light.DUSK);

        assertThat(dusk[0]).isLessThan(day[0] * 0.8);
        assertThat(dusk[2] / dusk[0]).isGreaterThan(1.3 * day[2] / day[0]);
    }

    /** Mean red, green and blue of some pictures. */
    private double[] mean(Light light) {
        double[] sum = new double[3];
        for (int i = 0; i < 10; i++) {
            for (int pixel : images.image(Leaf.MAPLE, light, i)
                    .getRGB(0, 0, SyntheticImages.SIZE, SyntheticImages.SIZE, null, 0, SyntheticImages.SIZE)) {
                sum[0] += pixel >> 16 & 0xff;
                sum[1] += pixel >> 8 & 0xff;
                sum[2] += pixel & 0xff;
            }
        }
        return sum;
    }
}
