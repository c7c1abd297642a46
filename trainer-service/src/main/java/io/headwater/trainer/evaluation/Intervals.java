package io.headwater.trainer.evaluation;

import io.headwater.events.Estimate;
import java.util.Arrays;

/** Figures with their intervals. */
public final class Intervals {
    /** Level of all intervals. */
    static final double CONFIDENCE = 0.95;

    private Intervals() {}

    /** A share with Wilson's score interval; of nothing it is 0, and may be anything from 0 to 1. */
    public static Estimate share(long part, long whole) {
        if (whole == 0) {
            return new Estimate(0.0, 0.0, 1.0);
        }
        double z = Normal.exceededWith((1 - CONFIDENCE) / 2);
        double share = (double) part / whole;
        double shrink = 1 + z * z / whole;
        double centre = (share + z * z / (2 * whole)) / shrink;
        double half = z / shrink * Math.sqrt(share * (1 - share) / whole + z * z / (4.0 * whole * whole));
        // At none and all the interval ends there, but for rounding.
        double low = part == 0 ? 0 : Math.max(0, centre - half);
        double high = part == whole ? 1 : Math.min(1, centre + half);
        return new Estimate(share, low, high);
    }

    /**
     * A figure with the percentiles of its resampled values. It is widened to the figure itself where that is outside: of a
     * few examples a resampled calibration error is nearly always larger.
     */
    static Estimate resampled(double value, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int cut = (int) Math.floor(sorted.length * (1 - CONFIDENCE) / 2);
        return new Estimate(value, Math.min(value, sorted[cut]), Math.max(value, sorted[sorted.length - 1 - cut]));
    }
}
