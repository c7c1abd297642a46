package io.headwater.trainer.precision;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether images are embedded with int8, and what that must show. */
@ConfigMapping(prefix = "headwater.backbone.int8")
public interface PrecisionConfig {
    /** Of the newest images, so many are calibrated with; at least 32. */
    @WithDefault("256")
    int calibrationImages();

    /** Newest labelled images that accuracy is measured on at most; at least 50. */
    @WithDefault("500")
    int labelledImages();

    /** How many times as fast as float32 it must be on this machine. */
    @WithDefault("1.2")
    double minSpeedup();

    /** Share of the labelled images that may be answered right by float32 and wrong by int8, less those the other way round. */
    @WithDefault("0.02")
    double maxAccuracyLoss();

    /**
     * The settings.
     *
     * @throws IllegalArgumentException when a value is not possible; the message names key, value and remedy
     */
    default PrecisionSettings settings() {
        return new PrecisionSettings(calibrationImages(), labelledImages(), minSpeedup(), maxAccuracyLoss());
    }
}
