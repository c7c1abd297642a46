package io.headwater.trainer.quality;

import java.time.Instant;
import java.util.List;

/**
 * Live quality of a version.
 *
 * @param version its number
 * @param served its answers that were served, as stable version or as canary
 * @param shadow its answers while it was only listening
 * @param sample the same of the random sample alone: unbiased also where people label what a version is unsure of
 * @param windows served and shadow again for each time window that has an image, the earliest first
 */
public record VersionQuality(long version, Figures served, Figures shadow, Sample sample, List<Window> windows) {

    /**
     * Of the labelled images on the holdout side of the split: about one in five, drawn by a hash of the image id.
     *
     * @param served answers that were served
     * @param shadow answers while it was only listening
     */
    public record Sample(Figures served, Figures shadow) {}

    /**
     * A time window.
     *
     * @param from when it begins; an image belongs to it by the time of its answer
     * @param served answers that were served
     * @param shadow answers while it was only listening
     * @param sample the same of the random sample alone
     */
    public record Window(Instant from, Figures served, Figures shadow, Sample sample) {}
}
