package io.headwater.local.stream;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.QuadCurve2D;
import java.util.SplittableRandom;

/** What a leaf lies on and what lies on it: earth, stones, blades of grass, twigs, bits of other leaves. */
final class Ground {

    private final SplittableRandom random;
    private final Graphics2D graphics;
    private final int size;

    Ground(SplittableRandom random, Graphics2D graphics, int size) {
        this.random = random;
        this.graphics = graphics;
        this.size = size;
    }

    /** Covers everything. */
    void below() {
        graphics.setColor(earth());
        graphics.fillRect(0, 0, size, size);
        int patches = random.nextInt(5, 13);
        for (int i = 0; i < patches; i++) {
            graphics.setColor(earth());
            patch(random.nextDouble(0.05, 0.35) * size);
        }
        int litter = random.nextInt(0, 3);
        for (int i = 0; i < litter; i++) {
            litter();
        }
        int blades = random.nextInt(1, 8);
        for (int i = 0; i < blades; i++) {
            blade(random.nextDouble(1, 4));
        }
    }

    /** Hides some of the leaf. */
    void above() {
        int blades = random.nextInt(0, 3);
        for (int i = 0; i < blades; i++) {
            blade(random.nextDouble(1.5, 6));
        }
        if (random.nextDouble() < 0.2) {
            graphics.setColor(earth());
            patch(random.nextDouble(0.08, 0.2) * size);
        }
    }

    /** A blade of grass or a twig, across anywhere. */
    private void blade(double width) {
        graphics.setColor(random.nextBoolean() ? LeafColours.green(random) : earth());
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        double x = at();
        double y = at();
        graphics.draw(new QuadCurve2D.Double(x, y, x + reach(0.3), y + reach(0.3), x + reach(0.6), y + reach(0.6)));
    }

    private void litter() {
        // A rotten scrap: no class of its own, but with a leaf's colours and edges.
        graphics.setColor(LeafColours.any(random));
        patch(random.nextDouble(0.06, 0.2) * size);
    }

    private void patch(double length) {
        var place = AffineTransform.getTranslateInstance(at(), at());
        place.rotate(random.nextDouble(Math.PI));
        var ellipse = new Ellipse2D.Double(-length / 2, -length / 4, length, length * random.nextDouble(0.3, 0.9));
        graphics.fill(place.createTransformedShape(ellipse));
    }

    private Color earth() {
        int value = random.nextInt(45, 150);
        return new Color(
                clamp(value + random.nextInt(0, 40)),
                clamp(value + random.nextInt(-10, 20)),
                clamp(value - random.nextInt(10, 45)));
    }

    private double at() {
        return random.nextDouble(-0.1, 1.1) * size;
    }

    private double reach(double share) {
        return random.nextDouble(-share, share) * size;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
