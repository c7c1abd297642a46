package io.headwater.trainer.quality;

import java.util.List;

/**
 * How many of the labels count in live quality.
 *
 * @param mostPerAnnotatorHour labels of one annotator in an hour that count, of the random sample and of the other images each
 * @param counted images of which a label counts
 * @param beyond labels that don't count, corrections among them, because their annotator had given that many in their hour
 * @param annotators who gave these, most first; ten at most
 */
public record LabelWeights(int mostPerAnnotatorHour, int counted, int beyond, List<Annotator> annotators) {

    /**
     * Somebody who gave more labels in an hour than count.
     *
     * @param name who it says it is
     * @param labels that it has given
     * @param beyond those of them that don't count
     */
    public record Annotator(String name, int labels, int beyond) {}
}
