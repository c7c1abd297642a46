package io.headwater.benchmarks.inference;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Normalised pictures as the ingest-service makes them: JPEG, quality 0.9, shorter side 256 px. */
public final class Photographs {
    private static final int SHORT = 256;
    private static final int LONG = 341;
    private static final float QUALITY = 0.9f;

    private Photographs() {}

    /** Rendered ones, the same for the same count: soft light, shapes, texture and grain; about 25 kB each. */
    public static List<byte[]> rendered(int count) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            boolean upright = random.nextInt(3) == 0;
            all.add(jpeg(render(upright ? SHORT : LONG, upright ? LONG : SHORT, random)));
        }
        return all;
    }

    /** Rendered ones of one size. */
    public static List<byte[]> rendered(int width, int height, int count) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(jpeg(render(width, height, new Random(i))));
        }
        return all;
    }

    /** The files of a directory and those below, scaled; at most {@code count}. */
    public static List<byte[]> of(Path directory, int count) throws IOException {
        List<byte[]> all = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (int i = 0; i < files.size() && all.size() < count; i += Math.max(1, files.size() / count)) {
            BufferedImage image = ImageIO.read(files.get(i).toFile());
            if (image != null) {
                all.add(jpeg(scaled(image)));
            }
        }
        return all;
    }

    private static BufferedImage scaled(BufferedImage image) {
        double scale = (double) SHORT / Math.min(image.getWidth(), image.getHeight());
        int width = (int) Math.round(image.getWidth() * scale);
        int height = (int) Math.round(image.getHeight() * scale);
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = target.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return target;
    }

    private static BufferedImage render(int width, int height, Random random) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < 60; i++) {
            int size = 4 + random.nextInt(120 / (1 + i / 10));
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            graphics.setPaint(new GradientPaint(x, y, colour(random), x + size, y + size, colour(random)));
            graphics.fillOval(x - size / 2, y - size / 2, size, 2 + random.nextInt(size));
        }
        graphics.dispose();
        grain(image, random);
        return image;
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    private static void grain(BufferedImage image, Random random) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int noise = (int) (random.nextGaussian() * 4);
                int rgb = image.getRGB(x, y);
                image.setRGB(
                        x, y, shifted(rgb >> 16, noise) << 16 | shifted(rgb >> 8, noise) << 8 | shifted(rgb, noise));
            }
        }
    }

    private static int shifted(int sample, int noise) {
        return Math.max(0, Math.min(255, (sample & 0xFF) + noise));
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), quality);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
