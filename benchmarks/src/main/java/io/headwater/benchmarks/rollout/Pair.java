package io.headwater.benchmarks.rollout;

import java.util.SplittableRandom;

/**
 * Two versions whose true qualities are known.
 *
 * @param accuracy true accuracy of the stable version
 * @param better true accuracy of the new version less that; below zero it is worse
 * @param discordance share of the images on which only one of the two is right
 */
record Pair(double accuracy, double better, double discordance) {

    /** Whether such versions can exist. */
    boolean isPossible() {
        return wins() >= 0 && losses() >= 0 && wins() <= 1 - accuracy && losses() <= accuracy;
    }

    /** What both say of an image. */
    Answers answer(SplittableRandom random) {
        double draw = random.nextDouble();
        if (draw < wins()) {
            return new Answers(true, false);
        }
        if (draw < wins() + losses()) {
            return new Answers(false, true);
        }
        boolean right = draw < wins() + accuracy;
        return new Answers(right, right);
    }

    /**
     * @param candidate whether the new version is right
     * @param stable whether the stable one is
     */
    record Answers(boolean candidate, boolean stable) {
        int outcome() {
            return (candidate ? 1 : 0) - (stable ? 1 : 0);
        }
    }

    private double wins() {
        return (discordance + better) / 2;
    }

    private double losses() {
        return (discordance - better) / 2;
    }
}
