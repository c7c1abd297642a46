package io.headwater.inference.instances;

import io.headwater.inference.rollout.RolloutState;
import io.headwater.inference.stream.PipelineStatus;
import java.util.List;

/**
 * What there is to tell about this instance.
 *
 * @param rollout what it serves and refuses
 * @param partitions of {@code images} that it reads, ascending
 * @param member whether the consumer group has told it its partitions
 */
public record InstanceState(RolloutState rollout, List<Integer> partitions, boolean member) {

    /** Of now. */
    public static InstanceState of(RolloutState rollout, PipelineStatus pipeline) {
        return new InstanceState(rollout, pipeline.assignment(), pipeline.isMember());
    }

    /** Whether a generation is loaded, which means that everything in it has run once. */
    public boolean isLoaded() {
        return rollout.generation().isPresent();
    }

    /**
     * Whether the instance is ready: loaded, and told its partitions. It may have been told that it has none, when there are more
     * instances than partitions: then it is a spare, as ready to work as it can be.
     */
    public boolean isReady() {
        return isLoaded() && member;
    }

    /** Whether it is ready and has nothing to read. */
    public boolean isSpare() {
        return isReady() && partitions.isEmpty();
    }
}
