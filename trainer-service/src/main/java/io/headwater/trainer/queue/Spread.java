package io.headwater.trainer.queue;

import io.headwater.trainer.embeddings.Projection;
import java.util.Arrays;
import java.util.Random;

/** How far points are from those that were chosen, as more are chosen. */
final class Spread {
    private final float[][] points;
    /** Squared distance to the nearest that was chosen. */
    private final double[] nearest;

    Spread(float[][] points) {
        this.points = points;
        nearest = new double[points.length];
        Arrays.fill(nearest, Double.MAX_VALUE);
    }

    /** Chooses a place that need not be that of one of the points. */
    void choose(float[] place) {
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = Math.min(nearest[i], Projection.squaredDistance(points[i], place));
        }
    }

    /** Chooses a point. */
    void choose(int point) {
        choose(points[point]);
        nearest[point] = 0;
    }

    double distance(int point) {
        return nearest[point];
    }

    /**
     * A point, with a probability that grows with its squared distance, as k-means++ seeds its centres (Arthur and
     * Vassilvitskii, SODA 2007): far from the others, but rarely the one odd picture. Any, if none was chosen before.
     */
    int draw(Random random) {
        if (nearest[0] == Double.MAX_VALUE) {
            return random.nextInt(nearest.length);
        }
        double left = random.nextDouble() * Arrays.stream(nearest).sum();
        int last = 0;
        for (int i = 0; i < nearest.length; i++) {
            if (nearest[i] > 0) {
                last = i;
                left -= nearest[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }
}
