package io.headwater.trainer.queue;

import io.headwater.trainer.embeddings.Projection;
import java.util.Arrays;

/**
 * Which images are unlike anything labelled: farther from the nearest labelled image than {@value #PERCENT} % of the labelled
 * are from each other. Of images that are like the labelled ones that holds of about one in a hundred (the nearest
 * neighbour as the score of a conformal anomaly detector: Laxhammar and Falkman, 2010).
 */
final class Novelty {
    private static final int PERCENT = 99;
    /** Of fewer nothing can be said. */
    private static final int LEAST = 100;

    private final float[][] labelled;
    private final double limit;

    /** @param labelled images, projected */
    Novelty(float[][] labelled) {
        this.labelled = labelled;
        if (labelled.length < LEAST) {
            limit = Double.MAX_VALUE;
            return;
        }
        double[] distances = new double[labelled.length];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = nearest(labelled[i], i);
        }
        Arrays.sort(distances);
        limit = distances[distances.length * PERCENT / 100];
    }

    /** How many times farther than the limit an image is, squared; above 1 it is unlike anything labelled. */
    double of(float[] image) {
        return limit == Double.MAX_VALUE || limit == 0 ? 0 : nearest(image, -1) / limit;
    }

    private double nearest(float[] image, int except) {
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i < labelled.length; i++) {
            if (i != except) {
                nearest = Math.min(nearest, Projection.squaredDistance(image, labelled[i]));
            }
        }
        return nearest;
    }
}
