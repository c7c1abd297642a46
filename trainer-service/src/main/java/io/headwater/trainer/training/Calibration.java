package io.headwater.trainer.training;

/**
 * How a head's confidences were made to mean something: its logits are divided by a temperature (Guo et al., 2017).
 *
 * @param temperature more than 1 makes it less sure, less than 1 surer
 * @param eceBefore expected calibration error without it, from 0 to 1
 * @param eceAfter the same with it
 * @param examples examples it was chosen and measured on
 * @param part where they come from
 */
public record Calibration(double temperature, double eceBefore, double eceAfter, int examples, Part part) {

    /** Examples that the measured weights were not trained on. */
    public enum Part {
        /** The part of the training side that is set aside for it. */
        CALIBRATION,
        /** All of the training side: each by a head that was trained without it. */
        OUT_OF_FOLD
    }
}
