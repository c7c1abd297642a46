package io.headwater.trainer.quality;

import java.time.Instant;
import java.util.List;

/**
 * Live quality of a version.
 *
 * @param version its number
 * @param served its answers that were served, as stable version or as canary
 * @param shadow its answers while it was only listening
 * @param windows both again for each time window that has an image, the earliest first
 */
public record VersionQuality(long version, Figures served, Figures shadow, List<Window> windows) {

    /**
     * A time window.
     *
     * @param from when it begins; an image belongs to it by the time of its answer
     * @param served answers that were served
     * @param shadow answers while it was only listening
     */
    public record Window(Instant from, Figures served, Figures shadow) {}
}
