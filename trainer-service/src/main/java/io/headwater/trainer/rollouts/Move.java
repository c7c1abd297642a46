package io.headwater.trainer.rollouts;

/** What can be done to a rollout, by the controller or by hand. */
public sealed interface Move {

    /** A version is scored on every image and answers none. */
    record Shadow(long version) implements Move {}

    /** A version answers a share of the images, per cent. */
    record Canary(long version, int percentage) implements Move {}

    /** A version answers everything that no canary does. */
    record Promote(long version) implements Move {}

    /**
     * A version is not to be served.
     *
     * @param unfit whether it can't be served, so that it is not even a shadow any more
     */
    record Reject(long version, boolean unfit) implements Move {
        /** For another reason than that it can't be served. */
        public Reject(long version) {
            this(version, false);
        }
    }

    /**
     * The stable version gives way to its predecessor.
     *
     * @param unfit whether it can't be served, so that it is not even a shadow any more
     */
    record Rollback(boolean unfit) implements Move {
        /** For another reason than that it can't be served. */
        public Rollback() {
            this(false);
        }
    }

    /** The predecessor of the stable version is no shadow any more. */
    record EndProbation() implements Move {}

    /** Nothing goes forward by itself. */
    record Pause() implements Move {}

    /** The stable version stays, whatever the evidence says. */
    record Pin() implements Move {}

    /** Ends a pause and a pin. */
    record Resume() implements Move {}
}
