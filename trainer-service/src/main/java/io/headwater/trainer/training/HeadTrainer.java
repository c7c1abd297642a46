package io.headwater.trainer.training;

import io.headwater.trainer.trainingset.LabelledRows;
import java.util.List;
import java.util.Optional;

/**
 * Trains a head with PyTorch: Adam on mini-batches of standardised embeddings, cross-entropy with class weights and
 * smoothed labels. The L2 penalty is chosen by cross-validation, the head starts cold and at the stable one, the better one
 * is kept, and its confidences are calibrated. Same rows in the same order, same settings, same stable head: same head, bit
 * for bit.
 *
 * <p>A few examples are all learnt from; what has to be measured (penalty, steps, temperature) is measured out of fold. Of
 * many a part is set aside for that, see {@link CalibrationPart}.
 */
public final class HeadTrainer {
    private final Hyperparameters settings;

    /** A trainer with these settings. */
    public HeadTrainer(Hyperparameters settings) {
        this.settings = settings;
    }

    /**
     * What a training gives.
     *
     * @param initial the head before the first step
     * @param trained the head after the last
     * @param outOfFold answers to the training part by heads that were trained without the example; empty where there are
     *     too many examples for it to be cheap
     * @param summary how it came about
     */
    public record Result(
            TrainedHead initial, TrainedHead trained, Optional<OutOfFold> outOfFold, TrainingSummary summary) {}

    /**
     * Trains a head that tells {@code labels} apart.
     *
     * @param rows the training part, at least one; each of its labels is among {@code labels}
     * @param labels class names, in the order of the probabilities
     * @param stable the head that serves now, if one does
     * @param cancellation asked in every step
     * @throws TrainingCancelledException if it was cancelled
     */
    public Result train(
            LabelledRows rows, List<String> labels, Optional<StartingPoint> stable, Cancellation cancellation) {
        return new Learning(rows, labels, settings, cancellation).result(stable);
    }

    /**
     * Answers all examples by heads that were trained without them, whatever their number. For many this takes longer than
     * the training itself.
     *
     * @param l2 the penalty
     * @throws TrainingCancelledException if it was cancelled
     */
    public OutOfFold outOfFold(LabelledRows rows, List<String> labels, float l2, Cancellation cancellation) {
        return new Learning(rows, labels, settings.withL2(l2), cancellation).outOfFold();
    }
}
