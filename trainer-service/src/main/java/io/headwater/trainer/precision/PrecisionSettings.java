package io.headwater.trainer.precision;

/**
 * What an int8 backbone is made with, and what it must show.
 *
 * @param calibrationImages newest images that are calibrated with
 * @param labelledImages newest labelled images that accuracy is measured on at most
 * @param minSpeedup how many times as fast as float32 it must be
 * @param maxAccuracyLoss share of the labelled images that it may lose
 */
public record PrecisionSettings(int calibrationImages, int labelledImages, double minSpeedup, double maxAccuracyLoss) {
    /** Fewer say too little of what is between them. */
    public static final int FEWEST_CALIBRATION_IMAGES = 32;

    /** Fewer say too little of accuracy. */
    public static final int FEWEST_LABELLED_IMAGES = 50;

    private static final String PREFIX = "headwater.backbone.int8.";
    /** Pixels of so many pictures are held at once: 150 kB each at 224 px. */
    private static final int MOST_IMAGES = 4096;

    /** Fails with a sentence that names the key. */
    public PrecisionSettings {
        between("calibration-images", calibrationImages, FEWEST_CALIBRATION_IMAGES);
        between("labelled-images", labelledImages, FEWEST_LABELLED_IMAGES);
        if (!(minSpeedup > 0 && minSpeedup <= 100)) {
            throw new IllegalArgumentException(
                    PREFIX + "min-speedup is " + minSpeedup + ", but must be above 0 and at most 100");
        }
        if (!(maxAccuracyLoss >= 0 && maxAccuracyLoss <= 1)) {
            throw new IllegalArgumentException(
                    PREFIX + "max-accuracy-loss is " + maxAccuracyLoss + ", but must be from 0 to 1");
        }
    }

    private static void between(String key, int value, int fewest) {
        if (value < fewest || value > MOST_IMAGES) {
            throw new IllegalArgumentException(
                    PREFIX + key + " is " + value + ", but must be from " + fewest + " to " + MOST_IMAGES);
        }
    }
}
