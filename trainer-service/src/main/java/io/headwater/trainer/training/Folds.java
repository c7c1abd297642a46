package io.headwater.trainer.training;

import java.util.Random;

/** Cuts rows into folds of which each has its share of every class. */
final class Folds {
    private Folds() {}

    /**
     * The fold of each row, from 0: the rows of a class are shuffled and dealt out one by one, each class beginning where
     * the last one ended. A class of fewer rows than folds is in as many folds as it has rows.
     */
    static int[] deal(int[] targets, int folds, long seed) {
        int[] order = new int[targets.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Random random = new Random(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        int classes = 0;
        for (int target : targets) {
            classes = Math.max(classes, target + 1);
        }
        int[] counts = new int[classes];
        for (int target : targets) {
            counts[target]++;
        }
        int[] next = new int[classes];
        for (int c = 1; c < classes; c++) {
            next[c] = (next[c - 1] + counts[c - 1]) % folds;
        }
        int[] dealt = new int[targets.length];
        for (int row : order) {
            dealt[row] = next[targets[row]]++ % folds;
        }
        return dealt;
    }
}
