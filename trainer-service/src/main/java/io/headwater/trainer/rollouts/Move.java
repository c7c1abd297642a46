package io.headwater.trainer.rollouts;

/** What can be done to a rollout, by the controller or by hand. */
public sealed interface Move {

    /** A version is scored on every image and answers none. */
    record Shadow(long version) implements Move {}

    /** A version answers a share of the images, per cent. */
    record Canary(long version, int percentage) implements Move {}

    /** A version answers everything that no canary does. */
    record Promote(long version) implements Move {}

    /** A version is not to be served. */
    record Reject(long version) implements Move {}

    /** The stable version gives way to its predecessor. */
    record Rollback() implements Move {}

    /** The predecessor of the stable version is no shadow any more. */
    record EndProbation() implements Move {}

    /** Nothing goes forward by itself. */
    record Pause() implements Move {}

    /** The stable version stays, whatever the evidence says. */
    record Pin() implements Move {}

    /** Ends a pause and a pin. */
    record Resume() implements Move {}
}
