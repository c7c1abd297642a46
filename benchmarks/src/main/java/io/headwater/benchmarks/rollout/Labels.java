package io.headwater.benchmarks.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Labels of a stream of one image per second, in the order in which they come.
 *
 * @param share share of the images that somebody labels
 * @param delaySeconds mean time until the label comes; exponentially distributed, so they overtake each other
 */
record Labels(double share, double delaySeconds) {

    /**
     * A label.
     *
     * @param answered when the image was answered, seconds
     * @param given when the label came, seconds
     */
    record Label(long answered, double given) {}

    /** The first labels of the stream. */
    List<Label> first(int count, SplittableRandom random) {
        List<Label> labels = new ArrayList<>(count);
        for (long second = 0; labels.size() < count; second++) {
            if (random.nextDouble() < share) {
                labels.add(new Label(second, second - delaySeconds * Math.log(1 - random.nextDouble())));
            }
        }
        labels.sort(Comparator.comparingDouble(Label::given));
        return labels;
    }
}
