package io.headwater.trainer.quality;

import java.util.List;
import java.util.Map;

/**
 * How good answers were.
 *
 * @param images answers whose image is labelled
 * @param right answers that are the label
 * @param accuracy share of right answers
 * @param logLoss how much probability the true labels got
 * @param classes recall of each class that has been a label
 * @param confusion how often each answer was given to each class, without those that never were
 */
public record Figures(
        long images,
        long right,
        Share accuracy,
        LogLoss logLoss,
        Map<String, Recall> classes,
        List<Confused> confusion) {

    /**
     * Mean negative logarithm of the true label's probability, nats; 0 where there is nothing to take the mean of. A
     * prediction tells the five most probable labels of the served version and only the first one of a shadow, so what
     * the true label got is often not known when the answer is wrong.
     *
     * @param told the mean over those answers that tell it; it looks better than it is, wrong answers are rare among them
     * @param toldImages how many these are
     * @param atLeast a lower bound of the mean over all: where it is not told, the true label is given the most that it
     *     can have had, the answer's own probability or what that left over, whichever is less
     */
    public record LogLoss(double told, long toldImages, double atLeast) {}

    /**
     * One class.
     *
     * @param images labelled so
     * @param right answered so
     * @param recall share of the right ones
     */
    public record Recall(long images, long right, Share recall) {}

    /**
     * A cell of the confusion matrix.
     *
     * @param truth the label
     * @param answer what the version said
     * @param images how often
     */
    public record Confused(String truth, String answer, long images) {}
}
