package io.headwater.trainer.rollouts;

/** What the controller decides, and why. */
public sealed interface Decision {
    /** A sentence for people. */
    String reason();

    /** Everything stays as it is. */
    record Hold(String reason) implements Decision {}

    /** Something is done. */
    record Act(Move move, String reason) implements Decision {}
}
