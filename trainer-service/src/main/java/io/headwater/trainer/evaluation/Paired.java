package io.headwater.trainer.evaluation;

import io.headwater.events.Quality;

/**
 * A version beside the stable one, on the same examples.
 *
 * @param stable quality of the stable version
 * @param wins examples on which the version is right and stable is wrong
 * @param losses examples on which the version is wrong and stable is right
 */
public record Paired(Quality stable, int wins, int losses) {

    /**
     * Compares answers to the same questions.
     *
     * @param stable quality of the stable version on them
     * @param right for each example whether the version is right
     * @param stableRight for each example whether the stable version is right
     */
    public static Paired of(Quality stable, boolean[] right, boolean[] stableRight) {
        if (right.length != stableRight.length) {
            throw new IllegalArgumentException(right.length + " answers can't be compared with " + stableRight.length);
        }
        int wins = 0;
        int losses = 0;
        for (int i = 0; i < right.length; i++) {
            wins += right[i] && !stableRight[i] ? 1 : 0;
            losses += !right[i] && stableRight[i] ? 1 : 0;
        }
        return new Paired(stable, wins, losses);
    }
}
