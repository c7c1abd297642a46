package io.headwater.trainer.training;

/** What a training is at, in this order. */
public enum TrainingPhase {
    /** The head is being trained. */
    LEARNING,
    /** It is being measured on the holdout, beside the stable version. */
    MEASURING,
    /** Its files are being made and checked. */
    EXPORTING,
    /** Its files go to the artifact store. */
    STORING,
    /** Its record goes to {@code models}: it can't be cancelled any more. */
    PUBLISHING
}
