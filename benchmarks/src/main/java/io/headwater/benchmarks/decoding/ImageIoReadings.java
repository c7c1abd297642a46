package io.headwater.benchmarks.decoding;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The ways by ImageIO. One thread uses each. */
final class ImageIoReadings {
    private ImageIoReadings() {}

    /** {@code ImageIO.read} and Graphics2D, bilinear: what most Java programs do. It is not antialiased. */
    static Reading graphics(int size) {
        ImageReader reader = reader("com.sun.");
        BufferedImage square = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
        return (jpeg, target) -> {
            BufferedImage image = decode(reader, jpeg, 1);
            Graphics2D graphics = square.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, 0, 0, size, size, null);
            graphics.dispose();
            target.clear().put(rgb(square)).flip();
        };
    }

    /**
     * Leaves out rows and columns while there are at least twice as many as are wanted, and averages what remains.
     *
     * @param vendor how the name of the reader's class begins
     */
    static Reading subsampled(int size, String vendor) {
        ImageReader reader = reader(vendor);
        return (jpeg, target) -> {
            int shorter = shorter(reader, jpeg);
            BufferedImage image = decode(reader, jpeg, Math.max(1, shorter / (2 * size)));
            target.clear()
                    .put(Box.squash(rgb(image), image.getWidth(), image.getHeight(), size))
                    .flip();
        };
    }

    /** The JDK's decoder without the conversion to RGB, and nothing after it. */
    static Reading alone() {
        ImageReader reader = reader("com.sun.");
        return (jpeg, target) -> {
            try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
                reader.setInput(in, true, true);
                reader.readRaster(0, null);
                target.clear().flip();
            }
        };
    }

    private static int shorter(ImageReader reader, byte[] jpeg) throws IOException {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            return Math.min(reader.getWidth(0), reader.getHeight(0));
        }
    }

    private static BufferedImage decode(ImageReader reader, byte[] jpeg, int step) throws IOException {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        }
    }

    private static byte[] rgb(BufferedImage bgr) {
        byte[] samples = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
        byte[] rgb = new byte[samples.length];
        for (int i = 0; i < samples.length; i += 3) {
            rgb[i] = samples[i + 2];
            rgb[i + 1] = samples[i + 1];
            rgb[i + 2] = samples[i];
        }
        return rgb;
    }

    private static ImageReader reader(String vendor) {
        for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName("jpeg"); all.hasNext(); ) {
            ImageReader reader = all.next();
            if (reader.getClass().getName().startsWith(vendor)) {
                return reader;
            }
        }
        throw new IllegalStateException("there is no reader of " + vendor);
    }
}
