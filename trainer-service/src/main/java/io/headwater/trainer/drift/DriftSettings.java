package io.headwater.trainer.drift;

/**
 * How drift is looked for.
 *
 * @param window images that are compared with the reference at once
 * @param falseAlarmRate how often a window of images that are like those of the reference is called different, 0 to 1
 */
public record DriftSettings(int window, double falseAlarmRate) {
    private static final int SMALLEST = 20;
    private static final int LARGEST = 5_000;

    /** What a trainer does that was told nothing else. */
    public static final DriftSettings DEFAULT = new DriftSettings(500, 0.01);

    /** Fails with a sentence when a number makes no sense. */
    public DriftSettings {
        require(window >= SMALLEST && window <= LARGEST, "window", window, "from " + SMALLEST + " to " + LARGEST);
        double least = 1.0 / (MeanDiscrepancy.PERMUTATIONS + 1);
        require(
                falseAlarmRate >= least && falseAlarmRate < 1,
                "false-alarm-rate",
                falseAlarmRate,
                least + " or more, and below 1");
    }

    private static void require(boolean holds, String key, Object value, String bounds) {
        if (!holds) {
            throw new IllegalArgumentException("headwater.drift." + key + " is " + value + ", but must be " + bounds);
        }
    }
}
