package io.headwater.trainer.evaluation;

/**
 * What the gate asks for.
 *
 * @param margin how much worse a version must surely not be: a share of the examples
 * @param risk of passing a version that is worse by the margin
 * @param significance level of McNemar's tests: better than guessing, worse than stable, better than stable
 * @param classTolerance share of a class's held-out examples that it may lose
 * @param minExamples examples that a verdict needs which is more than a count of wins
 */
public record GateSettings(double margin, double risk, double significance, double classTolerance, int minExamples) {

    /** What the simulation led to ({@code GateSimulation} in {@code benchmarks}). */
    public static final GateSettings DEFAULT = new GateSettings(0.03, 0.003, 0.05, 0.1, 20);

    /** Fails with a sentence when a number makes no sense. */
    public GateSettings {
        require(margin > 0 && margin <= 0.5, "margin", margin, "more than 0 and at most 0.5");
        require(risk >= 1e-5 && risk <= 0.5, "risk", risk, "from 0.00001 to 0.5");
        require(significance >= 1e-5 && significance <= 0.5, "significance", significance, "from 0.00001 to 0.5");
        require(classTolerance >= 0 && classTolerance <= 1, "class-tolerance", classTolerance, "from 0 to 1");
        require(minExamples >= 2, "min-examples", minExamples, "at least 2");
    }

    private static void require(boolean holds, String key, Object value, String bounds) {
        if (!holds) {
            throw new IllegalArgumentException("headwater.gate." + key + " is " + value + ", but must be " + bounds
                    + "; leave it out for the default, of which the error rates are known");
        }
    }
}
