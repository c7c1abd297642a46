package io.headwater.trainer.training;

/** Says whether somebody wants a training to stop. Asked often, from the training's threads. */
@FunctionalInterface
public interface Cancellation {
    /** Nobody ever does. */
    Cancellation NEVER = () -> false;

    /** Whether to stop. */
    boolean requested();

    /**
     * Stops the work by an exception if somebody wants it to stop.
     *
     * @throws TrainingCancelledException if so
     */
    default void check() {
        if (requested()) {
            throw new TrainingCancelledException();
        }
    }
}
