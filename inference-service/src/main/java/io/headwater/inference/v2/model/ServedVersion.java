package io.headwater.inference.v2.model;

import io.headwater.inference.model.Head;
import io.headwater.inference.rollout.Generation;
import java.util.List;

/**
 * A version in play, and the generation that brought it into play. Valid as long as the generation is leased.
 *
 * @param generation what embeds
 * @param head what answers
 */
public record ServedVersion(Generation generation, Head head) {
    /** Its number as clients write it. */
    public String version() {
        return Long.toString(head.version());
    }

    /** Class names, in the order of the probabilities. */
    public List<String> labels() {
        return head.labels();
    }

    /** H and W of the pixels, and the side of the square to which pictures are squashed. */
    public int inputSize() {
        return generation.backbone().inputSize();
    }

    /** D, the length of an embedding. */
    public int dimension() {
        return generation.backbone().dimension();
    }
}
