package io.headwater.inference.stream;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the images have been embedded again, over all partitions and instances.
 *
 * @param change that brings the backbone
 * @param partitions of {@code images}
 */
record ReembeddingProgress(long change, Map<TopicPartition, Place> partitions) {

    /**
     * One partition.
     *
     * @param beginning offset of the first image that is still there
     * @param again offset after the last image that is embedded again; empty before the first commit
     * @param predicted offset after the last image that has its prediction; empty when there is none
     * @param mark what those who predict committed beside it
     */
    record Place(long beginning, OptionalLong again, OptionalLong predicted, Optional<BackboneMark> mark) {}

    /**
     * The offset before which images have to be embedded again: those that have their prediction, so that the new embedding
     * of an image always comes after the old one, and of these those that were not embedded with the new backbone anyway.
     */
    long bound(TopicPartition partition) {
        Place place = partitions.get(partition);
        if (place == null || place.predicted().isEmpty()) {
            return 0;
        }
        long predicted = place.predicted().getAsLong();
        return isSwitched(place) ? Math.min(place.mark().get().since(), predicted) : predicted;
    }

    /** Images that have their prediction, and wait for being embedded again. */
    long remaining() {
        return partitions.keySet().stream().mapToLong(this::remaining).sum();
    }

    private long remaining(TopicPartition partition) {
        Place place = partitions.get(partition);
        return Math.max(
                0, bound(partition) - Math.max(place.beginning(), place.again().orElse(0)));
    }

    /**
     * Whether nothing will have to be embedded again any more: every image that comes is embedded with the new backbone in
     * the first place. It is also over when nothing is known of it, a week after it was.
     */
    boolean isOver() {
        boolean unknown =
                partitions.values().stream().allMatch(place -> place.again().isEmpty());
        boolean switched =
                partitions.values().stream().allMatch(place -> place.predicted().isEmpty() || isSwitched(place));
        return unknown || (switched && remaining() == 0);
    }

    private boolean isSwitched(Place place) {
        return place.mark().filter(mark -> mark.change() == change).isPresent();
    }
}
