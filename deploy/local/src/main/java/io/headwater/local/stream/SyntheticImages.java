package io.headwater.local.stream;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Pictures of leaves on the ground, drawn rather than taken: no two are the same, and the same seed, leaf, light and number
 * always give the same picture. Place, size, rotation, perspective, colour, ground, what lies above, exposure and noise
 * vary; only the shape tells the kind.
 *
 * <p>Thread-safe.
 */
public final class SyntheticImages {

    /** Width and height of a picture, pixels. */
    public static final int SIZE = 224;

    private final long seed;

    static {
        // Else ImageIO writes every picture through a temporary file.
        ImageIO.setUseCache(false);
    }

    /** Another seed is another world of pictures. */
    public SyntheticImages(long seed) {
        this.seed = seed;
    }

    /** Picture number {@code index} of that kind in that light; RGB, {@link #SIZE} pixels square. */
    public BufferedImage image(Leaf leaf, Light light, long index) {
        var random = new SplittableRandom(mix(mix(mix(seed, leaf.ordinal()), light.ordinal()), index));
        var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        try {
            var ground = new Ground(random, graphics, SIZE);
            ground.below();
            draw(leaf, random, graphics);
            ground.above();
        } finally {
            graphics.dispose();
        }
        new Camera(random).expose(image, light);
        return image;
    }

    /** The same as the bytes of a JPEG file. */
    public byte[] jpeg(Leaf leaf, Light light, long index) {
        var bytes = new ByteArrayOutputStream(32 * 1024);
        try {
            ImageIO.write(image(leaf, light, index), "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void draw(Leaf leaf, SplittableRandom random, Graphics2D graphics) {
        var place = new AffineTransform();
        place.translate(SIZE * random.nextDouble(0.42, 0.58), SIZE * random.nextDouble(0.42, 0.58));
        place.rotate(random.nextDouble(-0.8, 0.8));
        place.shear(random.nextDouble(-0.25, 0.25), 0);
        double scale = SIZE * random.nextDouble(0.34, 0.46);
        place.scale(scale * random.nextDouble(0.75, 1.1), scale);
        Shape outline = place.createTransformedShape(leaf.outline(random));

        Color colour = LeafColours.any(random);
        shadow(outline, random, graphics);
        graphics.setColor(colour);
        graphics.fill(outline);
        Shape before = graphics.getClip();
        graphics.clip(outline);
        spots(outline, random, graphics);
        graphics.setColor(random.nextBoolean() ? colour.darker() : colour.brighter());
        graphics.setStroke(new BasicStroke((float) random.nextDouble(0.8, 2)));
        graphics.draw(place.createTransformedShape(new Line2D.Double(0, -0.9, 0, 1)));
        graphics.setClip(before);
        graphics.setStroke(new BasicStroke((float) random.nextDouble(1.5, 3)));
        graphics.setColor(colour.darker());
        graphics.draw(place.createTransformedShape(
                new Line2D.Double(0, 0.85, random.nextDouble(-0.15, 0.15), random.nextDouble(1.05, 1.4))));
    }

    private static void shadow(Shape outline, SplittableRandom random, Graphics2D graphics) {
        graphics.setColor(new Color(0, 0, 0, random.nextInt(40, 120)));
        double away = random.nextDouble(1, 6);
        graphics.fill(AffineTransform.getTranslateInstance(away, away).createTransformedShape(outline));
    }

    /** Where the leaf is turning another colour. */
    private static void spots(Shape outline, SplittableRandom random, Graphics2D graphics) {
        var bounds = outline.getBounds();
        int count = random.nextInt(0, 9);
        for (int i = 0; i < count; i++) {
            Color colour = LeafColours.any(random);
            graphics.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), random.nextInt(60, 200)));
            int extent = 2 + (int) (bounds.width * random.nextDouble(0.05, 0.35));
            graphics.fillOval(
                    bounds.x + random.nextInt(Math.max(1, bounds.width)) - extent / 2,
                    bounds.y + random.nextInt(Math.max(1, bounds.height)) - extent / 2,
                    extent,
                    (int) (extent * random.nextDouble(0.4, 1.2)));
        }
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 32;
    }
}
