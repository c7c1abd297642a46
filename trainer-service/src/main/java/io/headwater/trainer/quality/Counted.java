package io.headwater.trainer.quality;

import io.headwater.events.Split;
import io.headwater.trainer.examples.HoldoutSplit;
import java.util.function.Predicate;

/**
 * Which labelled images estimates are made from. People who label what a version is unsure of, as the queue asks them to, make
 * it look worse than it is on all images.
 */
public enum Counted {
    /**
     * Those of the random sample: the images on the holdout side of the split, about one in five, drawn by a hash of the
     * image id. The queue offers them in an order that has nothing to do with what is in them, and never because a version
     * is unsure; so the labelled ones are like all images.
     */
    SAMPLE(Judgement::isSampled),

    /** All of them: right where labels come for all images, or for some that were drawn without looking. */
    ALL(judgement -> true);

    private final Predicate<Judgement> counts;

    Counted(Predicate<Judgement> counts) {
        this.counts = counts;
    }

    boolean counts(Judgement judgement) {
        return counts.test(judgement);
    }

    /** Whether an image is of the random sample, for ever. */
    static boolean isSampled(String imageId) {
        return HoldoutSplit.of(imageId) == Split.HOLDOUT;
    }
}
