package io.headwater.local.stream;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Turns a drawing into a photograph: uneven light, its colour and contrast, noise. */
final class Camera {

    private static final int GREY = 110;

    private final SplittableRandom random;

    Camera(SplittableRandom random) {
        this.random = random;
    }

    /** Changes the picture in place. */
    void expose(BufferedImage image, Light light) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        double exposure = random.nextDouble(0.75, 1.2);
        double slopeX = random.nextDouble(-0.35, 0.35);
        double slopeY = random.nextDouble(-0.35, 0.35);
        double[] tint = light.tint();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double here =
                        exposure * (1 + slopeX * ((double) x / width - 0.5) + slopeY * ((double) y / height - 0.5));
                int at = y * width + x;
                double noise = noise(light.noise());
                pixels[at] = channel(pixels[at] >> 16, here * tint[0], light, noise) << 16
                        | channel(pixels[at] >> 8, here * tint[1], light, noise) << 8
                        | channel(pixels[at], here * tint[2], light, noise);
            }
        }
        image.setRGB(0, 0, width, height, pixels, 0, width);
    }

    private static int channel(int bits, double gain, Light light, double noise) {
        double value = GREY + ((bits & 0xff) - GREY) * light.contrast();
        return (int) Math.max(0, Math.min(255, value * gain + light.haze() + noise));
    }

    /** About normal: the sum of four even numbers, with the given standard deviation. */
    private double noise(int deviation) {
        long bits = random.nextLong();
        int sum = (int) (bits & 0xff)
                + (int) (bits >>> 8 & 0xff)
                + (int) (bits >>> 16 & 0xff)
                + (int) (bits >>> 24 & 0xff);
        return (sum - 510) * deviation / 148.0;
    }
}
