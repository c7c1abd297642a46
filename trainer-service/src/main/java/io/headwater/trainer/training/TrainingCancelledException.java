package io.headwater.trainer.training;

/** A training was cancelled; nothing of it is left. */
public final class TrainingCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingCancelledException() {
        super("the training was cancelled");
    }
}
