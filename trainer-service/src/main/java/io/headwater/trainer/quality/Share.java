package io.headwater.trainer.quality;

import io.headwater.events.Estimate;
import io.headwater.trainer.evaluation.Intervals;

/**
 * A share of images, with Wilson's score interval of 95 %. Of nothing it is 0 and may be anything.
 *
 * @param value the share, 0 to 1
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Share(double value, double low, double high) {

    static Share of(long part, long whole) {
        Estimate estimate = Intervals.share(part, whole);
        return new Share(estimate.getValue(), estimate.getLow(), estimate.getHigh());
    }
}
