package io.headwater.local.stream;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.SplittableRandom;

/** Closed curves that look like leaves, within about [-1, 1] both ways, the stem at the bottom. */
final class LeafOutlines {

    private static final int STEPS = 90;

    private LeafOutlines() {}

    /**
     * A leaf along one axis.
     *
     * @param width greatest half width
     * @param skew below 1 the widest place is near the stem, above 1 near the tip
     * @param depth of the lobes or teeth, share of the half width
     * @param count of lobes or teeth on each side
     * @param teeth whether they are pointed
     */
    static Path2D blade(SplittableRandom random, double width, double skew, double depth, int count, boolean teeth) {
        double wide = width * random.nextDouble(0.82, 1.18);
        double bend = random.nextDouble(-0.25, 0.25);
        double phase = random.nextDouble(0.8);
        double left = random.nextDouble(0.88, 1.12);
        Path2D path = new Path2D.Double();
        for (int i = 0; i <= 2 * STEPS; i++) {
            boolean right = i <= STEPS;
            // From the tip (0) down one side to the stem (1) and up the other.
            double t = right ? (double) i / STEPS : 2 - (double) i / STEPS;
            double envelope = Math.pow(Math.sin(Math.PI * Math.pow(t, 1 / skew)), 0.85);
            double wave = t * count + phase;
            double edge = teeth ? wave - Math.floor(wave) : 0.5 + 0.5 * Math.cos(2 * Math.PI * wave);
            double half = wide * envelope * (1 - depth * 2 * edge) * (right ? 1 : left);
            double middle = bend * Math.sin(Math.PI * t);
            point(path, i, middle + (right ? half : -half), 2 * t - 1);
        }
        path.closePath();
        return path;
    }

    /** Five pointed lobes around the end of the stem. */
    static Path2D palmate(SplittableRandom random) {
        double sharp = random.nextDouble(0.75, 1.15);
        double depth = random.nextDouble(0.42, 0.60);
        double spread = random.nextDouble(0.92, 1.08);
        Path2D path = new Path2D.Double();
        int steps = 3 * STEPS;
        for (int i = 0; i <= steps; i++) {
            double angle = (double) i / steps * 2 * Math.PI;
            // 0 is at the stem, pi at the tip; the lobes are 54 degrees apart.
            double fromTip = Math.abs(angle - Math.PI);
            double lobe = Math.abs(Math.cos(fromTip / (0.3 * Math.PI * spread) * Math.PI));
            double size = 1 - 0.42 * Math.pow(fromTip / Math.PI, 1.6);
            double teeth = 0.05 * Math.abs(Math.sin(angle * 17));
            double radius = size * (1 - depth + depth * Math.pow(lobe, sharp)) + teeth;
            if (fromTip > 2.75) {
                radius *= 0.35 + (Math.PI - fromTip) * 0.6;
            }
            point(path, i, -Math.sin(angle) * radius, Math.cos(angle) * radius * 0.95);
        }
        path.closePath();
        return path;
    }

    /** A fan with a notch in the middle of its edge. */
    static Path2D fan(SplittableRandom random) {
        double opening = random.nextDouble(0.85, 1.25);
        double notch = random.nextDouble(0.15, 0.55);
        double ripple = random.nextDouble(0.01, 0.05);
        Path2D path = new Path2D.Double();
        path.moveTo(0, 0.9);
        for (int i = 0; i <= STEPS; i++) {
            double across = 2.0 * i / STEPS - 1;
            double angle = across * opening;
            double radius = 1.55 - notch * Math.exp(-across * across * 60) + ripple * Math.sin(across * 25);
            radius -= 0.25 * Math.pow(Math.abs(across), 4);
            path.lineTo(Math.sin(angle) * radius, 0.75 - Math.cos(angle) * radius);
        }
        path.closePath();
        return path;
    }

    /** Small leaves in pairs along a stem, and one at the tip. */
    static Path2D pinnate(SplittableRandom random) {
        int pairs = random.nextInt(4, 7);
        double angle = random.nextDouble(0.9, 1.3);
        Path2D path = new Path2D.Double();
        for (int i = 0; i <= pairs; i++) {
            double place = -0.75 + 1.5 * i / pairs;
            double size = random.nextDouble(0.26, 0.34);
            if (i == 0) {
                leaflet(path, random, 0, place, 0, size);
            } else {
                leaflet(path, random, 0.28, place, angle, size);
                leaflet(path, random, -0.28, place, -angle, size);
            }
        }
        return path;
    }

    private static void leaflet(Path2D path, SplittableRandom random, double x, double y, double angle, double size) {
        var place = new AffineTransform();
        place.translate(x, y);
        place.rotate(angle);
        place.scale(size, size);
        path.append(place.createTransformedShape(blade(random, 0.42, 0.95, 0.03, 6, true)), false);
    }

    private static void point(Path2D path, int index, double x, double y) {
        if (index == 0) {
            path.moveTo(x, y);
        } else {
            path.lineTo(x, y);
        }
    }
}
