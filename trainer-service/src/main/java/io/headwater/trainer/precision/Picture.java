package io.headwater.trainer.precision;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A JPEG as the pixels that a backbone takes: the whole picture squashed to a square, each pixel the average of the area that
 * it covers. The inference-service decodes faster; what is measured here is a difference, over the same pixels.
 */
final class Picture {
    private static final int CHANNELS = 3;

    private Picture() {}

    /**
     * The pixels, uint8 {@code [size, size, 3]} RGB.
     *
     * @return empty if it can't be read
     */
    static Optional<ByteBuffer> of(byte[] jpeg, int size) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
            return Optional.ofNullable(image).map(picture -> squashed(picture, size));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ByteBuffer squashed(BufferedImage image, int size) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
        float[] rows = new float[size * width * CHANNELS];
        float[] source = new float[height * width * CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            source[i * CHANNELS] = rgb[i] >> 16 & 0xFF;
            source[i * CHANNELS + 1] = rgb[i] >> 8 & 0xFF;
            source[i * CHANNELS + 2] = rgb[i] & 0xFF;
        }
        for (int x = 0; x < width * CHANNELS; x++) {
            average(source, x, width * CHANNELS, height, rows, size);
        }
        ByteBuffer pixels = ByteBuffer.allocate(size * size * CHANNELS);
        float[] row = new float[size * CHANNELS];
        float[] line = new float[width];
        float[] narrow = new float[size];
        for (int y = 0; y < size; y++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                for (int x = 0; x < width; x++) {
                    line[x] = rows[(y * width + x) * CHANNELS + channel];
                }
                average(line, 0, 1, width, narrow, size);
                for (int x = 0; x < size; x++) {
                    row[x * CHANNELS + channel] = narrow[x];
                }
            }
            for (float value : row) {
                pixels.put((byte) Math.round(value));
            }
        }
        return pixels.flip();
    }

    /** Averages {@code count} numbers, each {@code stride} after the other, to {@code size}; the result has the same stride. */
    private static void average(float[] from, int at, int stride, int count, float[] to, int size) {
        double step = (double) count / size;
        for (int i = 0; i < size; i++) {
            double begin = i * step;
            double end = Math.min(count, begin + step);
            double sum = 0;
            for (int j = (int) begin; j < end; j++) {
                sum += from[at + j * stride] * (Math.min(end, j + 1) - Math.max(begin, j));
            }
            to[at + i * stride] = (float) (sum / (end - begin));
        }
    }
}
