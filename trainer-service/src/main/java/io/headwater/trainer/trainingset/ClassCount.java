package io.headwater.trainer.trainingset;

/**
 * Examples of one class.
 *
 * @param train examples that are learnt from
 * @param holdout examples that are only measured on
 */
public record ClassCount(int train, int holdout) {
    static final ClassCount NONE = new ClassCount(0, 0);

    ClassCount plus(int moreTrain, int moreHoldout) {
        return new ClassCount(train + moreTrain, holdout + moreHoldout);
    }
}
