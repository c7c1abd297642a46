package io.headwater.trainer.registry;

import io.headwater.events.Estimate;

/**
 * A figure and its interval.
 *
 * @param value the figure
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
record EstimateView(double value, double low, double high) {
    static EstimateView of(Estimate estimate) {
        return new EstimateView(estimate.getValue(), estimate.getLow(), estimate.getHigh());
    }
}
