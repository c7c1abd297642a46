package io.headwater.trainer.trainingset;

/**
 * Examples of one class.
 *
 * @param train examples that are learnt from
 * @param holdout examples that are only measured on
 * @param setAside held-out examples that are neither, because one that is learnt from is nearly the same picture
 */
public record ClassCount(int train, int holdout, int setAside) {
    static final ClassCount NONE = new ClassCount(0, 0);

    /** Without near-duplicates. */
    public ClassCount(int train, int holdout) {
        this(train, holdout, 0);
    }

    /** All of them. */
    public int total() {
        return train + holdout + setAside;
    }

    ClassCount plus(ClassCount more) {
        return new ClassCount(train + more.train, holdout + more.holdout, setAside + more.setAside);
    }

    ClassCount minus(ClassCount less) {
        return new ClassCount(train - less.train, holdout - less.holdout, setAside - less.setAside);
    }
}
