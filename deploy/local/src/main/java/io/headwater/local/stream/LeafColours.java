package io.headwater.local.stream;

import java.awt.Color;
import java.util.SplittableRandom;

/** Colours of leaves through the year. They tell nothing of the kind: shape has to be learnt. */
final class LeafColours {

    private LeafColours() {}

    /** From green over yellow to red and brown. */
    static Color any(SplittableRandom random) {
        return Color.getHSBColor((float) random.nextDouble(0.01, 0.34), (float) random.nextDouble(0.35, 0.9), (float)
                random.nextDouble(0.35, 0.85));
    }

    /** Of grass. */
    static Color green(SplittableRandom random) {
        return Color.getHSBColor((float) random.nextDouble(0.18, 0.36), (float) random.nextDouble(0.3, 0.8), (float)
                random.nextDouble(0.25, 0.7));
    }
}
