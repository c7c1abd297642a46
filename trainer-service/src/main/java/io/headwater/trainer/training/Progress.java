package io.headwater.trainer.training;

/** Follows a training, and may stop it; on the training's thread. */
public interface Progress extends Cancellation {
    /** Nobody looks, and nobody stops it. */
    Progress UNWATCHED = new Progress() {
        @Override
        public void entered(TrainingPhase phase) {}

        @Override
        public boolean requested() {
            return false;
        }
    };

    /**
     * Called when a phase begins.
     *
     * @throws TrainingCancelledException if the training was cancelled; the phase has not begun
     */
    void entered(TrainingPhase phase);
}
