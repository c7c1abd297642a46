package io.headwater.trainer.quality;

import java.time.Duration;

/**
 * How live quality is measured.
 *
 * @param labelWindow time between a prediction and its first label, either way, within which it is judged
 * @param window width of the time windows
 * @param windows time windows at most
 * @param recentImages labelled images whose accuracy is told when a fall is, and must be below the promise too
 * @param falseAlarmRate how often a steady version may be said to have fallen, 0 to 1
 * @param counted which labelled images say whether a version has fallen
 * @param labelsPerAnnotatorHour labels of one annotator in an hour that count, of the random sample and of the others each
 * @param labelsOfOthers labels of all others together within a day of one's label beside which nobody decides alone
 */
public record QualitySettings(
        Duration labelWindow,
        Duration window,
        int windows,
        int recentImages,
        double falseAlarmRate,
        Counted counted,
        int labelsPerAnnotatorHour,
        int labelsOfOthers) {
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
    private static final int MOST_WINDOWS = 1_000;

    /** What a trainer does that was told nothing else. */
    public static final QualitySettings DEFAULT =
            new QualitySettings(Duration.ofDays(7), Duration.ofHours(1), 24, 100, 0.05, Counted.SAMPLE, 500, 20);

    /** Fails with a sentence when a number makes no sense. */
    public QualitySettings {
        require(labelWindow.compareTo(SHORTEST_WINDOW) >= 0, "label-window", labelWindow, "a second or more");
        require(window.compareTo(SHORTEST_WINDOW) >= 0, "window", window, "a second or more");
        require(windows >= 1 && windows <= MOST_WINDOWS, "windows", windows, "from 1 to " + MOST_WINDOWS);
        require(recentImages >= 1, "recent-images", recentImages, "at least 1");
        require(falseAlarmRate > 0 && falseAlarmRate < 1, "false-alarm-rate", falseAlarmRate, "above 0 and below 1");
        require(
                labelsPerAnnotatorHour >= 1,
                "labels-per-annotator-hour",
                labelsPerAnnotatorHour,
                "at least 1; a very large number is no limit");
        require(
                labelsOfOthers >= 1,
                "labels-of-others",
                labelsOfOthers,
                "at least 1; beside a very large number of them everybody decides alone");
    }

    private static void require(boolean holds, String key, Object value, String bounds) {
        if (!holds) {
            throw new IllegalArgumentException("headwater.quality." + key + " is " + value + ", but must be " + bounds);
        }
    }
}
