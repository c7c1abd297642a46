package io.headwater.trainer.quality;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How live quality is measured. */
@ConfigMapping(prefix = "headwater.quality")
public interface QualityConfig {
    /** Time between a prediction and its first label, whichever comes first, within which it is judged. */
    @WithDefault("7d")
    Duration labelWindow();

    /** Width of the time windows in which live quality is told. */
    @WithDefault("1h")
    Duration window();

    /** Time windows that are told, at most. */
    @WithDefault("24")
    int windows();

    /** Labelled images whose accuracy is told when it has fallen. */
    @WithDefault("100")
    int recentImages();

    /** How often a version that is as good as its holdout promised may start a training all the same, 0 to 1. */
    @WithDefault("0.05")
    double falseAlarmRate();

    /** Which labelled images say whether a version has fallen: the random sample, or all. */
    @WithDefault("sample")
    Counted counted();

    /** Labels of one annotator in an hour that count, of the random sample and of the other images each. */
    @WithDefault("500")
    int labelsPerAnnotatorHour();

    /** Labels that all others together give within a day of one's label, beside which no annotator decides alone. */
    @WithDefault("20")
    int labelsOfOthers();

    /** All of it. */
    default QualitySettings settings() {
        return new QualitySettings(
                labelWindow(),
                window(),
                windows(),
                recentImages(),
                falseAlarmRate(),
                counted(),
                labelsPerAnnotatorHour(),
                labelsOfOthers());
    }
}
