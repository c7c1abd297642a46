package io.headwater.trainer.rollouts;

/** Somebody else has changed the rollout since. */
public final class StaleGenerationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long present;

    StaleGenerationException(long asked, long present) {
        super("The rollout is at generation " + present + ", not " + asked + ": look at it again, and then decide.");
        this.present = present;
    }

    /** The generation that it is at. */
    long present() {
        return present;
    }
}
