package io.headwater.trainer.training;

/** Says when further steps are no use: the loss on examples that are not learnt from has stopped falling. */
final class EarlyStopping {
    private final int patience;
    private double best = Double.POSITIVE_INFINITY;
    private int bestWindow;
    private int windows;

    /**
     * @param patience windows without a better loss after which it is enough
     */
    EarlyStopping(int patience) {
        this.patience = patience;
    }

    /** Takes the loss after one more window, and says whether it is the best so far. Not-a-number never is. */
    boolean improves(double loss) {
        windows++;
        if (loss < best) {
            best = loss;
            bestWindow = windows;
            return true;
        }
        return false;
    }

    boolean isEnough() {
        return windows - bestWindow >= patience;
    }

    /** The best loss; infinite before the first. */
    double best() {
        return best;
    }

    /** Number of the window after which the loss was best, from 1; 0 before the first. */
    int bestWindow() {
        return bestWindow;
    }
}
