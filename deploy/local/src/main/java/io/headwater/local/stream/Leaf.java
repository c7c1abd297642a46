package io.headwater.local.stream;

import java.awt.geom.Path2D;
import java.util.Locale;
import java.util.SplittableRandom;

/** The kinds of leaves that are drawn: the classes of the generated stream. */
public enum Leaf {
    /** Five pointed lobes. */
    MAPLE,
    /** Long, with round lobes. */
    OAK,
    /** Egg-shaped, pointed, with teeth. */
    BIRCH,
    /** Egg-shaped, smooth: a birch without teeth. */
    BEECH,
    /** A narrow lance. */
    WILLOW,
    /** A fan with a notch. */
    GINKGO,
    /** Leaflets in pairs along a stem. */
    ROWAN;

    /** The class name, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** An outline, tip at (0, -1) and stem end at about (0, 1); no two are quite the same. */
    Path2D outline(SplittableRandom random) {
        return switch (this) {
            case MAPLE -> LeafOutlines.palmate(random);
            case OAK -> LeafOutlines.blade(random, 0.50, 1.25, 0.30, random.nextInt(3, 6), false);
            case BIRCH -> LeafOutlines.blade(random, 0.58, 0.75, 0.09, random.nextInt(8, 12), true);
            case BEECH -> LeafOutlines.blade(random, 0.52, 0.95, 0.015, 7, false);
            case WILLOW -> LeafOutlines.blade(random, 0.17, 1.0, 0.02, 9, true);
            case GINKGO -> LeafOutlines.fan(random);
            case ROWAN -> LeafOutlines.pinnate(random);
        };
    }
}
