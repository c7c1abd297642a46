package io.headwater.trainer.evaluation;

/**
 * Two answerers on the same examples, counted. The tests are McNemar's, exact: of the examples on which only one of the two
 * is right, either is right on as many as a fair coin would give if both are equally good (McNemar, 1947; Dixon and Mood, 1946).
 *
 * @param examples examples that both answered
 * @param wins those on which the first is right and the second is wrong
 * @param losses those on which the first is wrong and the second is right
 */
public record Tally(int examples, int wins, int losses) {

    /** Checks that the counts fit each other. */
    public Tally {
        if (wins < 0 || losses < 0 || wins + losses > examples) {
            throw new IllegalArgumentException(
                    wins + " wins and " + losses + " losses can't be of " + examples + " examples");
        }
    }

    /**
     * Counts.
     *
     * @param first for each example whether the first is right
     * @param second for each example whether the second is right
     */
    public static Tally of(boolean[] first, boolean[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " answers can't be compared with " + second.length);
        }
        int wins = 0;
        int losses = 0;
        for (int i = 0; i < first.length; i++) {
            wins += first[i] && !second[i] ? 1 : 0;
            losses += !first[i] && second[i] ? 1 : 0;
        }
        return new Tally(first.length, wins, losses);
    }

    /** Together with other examples. */
    Tally plus(Tally others) {
        return new Tally(examples + others.examples, wins + others.wins, losses + others.losses);
    }

    /** Examples on which only one of the two is right. */
    public int differing() {
        return wins + losses;
    }

    /** Losses less wins. */
    public int netLosses() {
        return losses - wins;
    }

    /** Two-sided: how probable a difference at least so large is between equals. */
    public double pDifferent() {
        return Math.min(1, 2 * Coin.atLeast(Math.max(wins, losses), differing()));
    }

    /** One-sided: small when the first is worse. */
    public double pWorse() {
        return Coin.atLeast(losses, differing());
    }

    /** One-sided: small when the first is better. */
    public double pBetter() {
        return Coin.atLeast(wins, differing());
    }

    /**
     * How probable a result at least so good is for a first one that is right on {@code margin} fewer of all examples: the
     * score test for a difference of paired proportions (Tango, Statistics in Medicine 17, 1998).
     *
     * @param margin a share of the examples, more than 0 and less than 1
     */
    public double pWorseBy(double margin) {
        if (examples == 0) {
            return 1;
        }
        // The most probable share of wins, if that of losses is larger by the margin.
        double a = 2.0 * examples;
        double b = a * margin - wins * (1 - margin) - losses * (1 + margin);
        double c = -wins * margin * (1 - margin);
        double winShare = (Math.sqrt(b * b - 4 * a * c) - b) / (2 * a);
        double variance = examples * (2 * winShare + margin * (1 - margin));
        return Normal.above((examples * margin - netLosses()) / Math.sqrt(variance));
    }
}
