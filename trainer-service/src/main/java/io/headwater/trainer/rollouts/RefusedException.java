package io.headwater.trainer.rollouts;

/** What is asked for can't be done to the rollout as it is; the message is a sentence for people. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
