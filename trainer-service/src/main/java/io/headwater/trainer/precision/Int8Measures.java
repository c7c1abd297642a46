package io.headwater.trainer.precision;

import io.headwater.trainer.evaluation.MeanDifference;
import java.util.Locale;
import java.util.Optional;

/**
 * An int8 backbone beside the float32 one that it is made of, on this machine and these labels.
 *
 * @param fp32ImagesPerSecond of float32, one thread
 * @param int8ImagesPerSecond of int8, in rounds that took turns with those
 * @param labelledImages that both answered, each by a head that had not learnt from it
 * @param fp32Accuracy share that the head on float32 embeddings answered right
 * @param int8Accuracy share that the head on int8 embeddings answered right
 * @param difference of the two, image by image
 */
record Int8Measures(
        double fp32ImagesPerSecond,
        double int8ImagesPerSecond,
        int labelledImages,
        double fp32Accuracy,
        double int8Accuracy,
        MeanDifference difference) {
    private static final double NORMAL_95 = 1.96;

    /** How many times as fast int8 is. */
    double speedup() {
        return int8ImagesPerSecond / fp32ImagesPerSecond;
    }

    /** Lower end of the 95 % interval of the difference. */
    double lower() {
        return difference.mean() - NORMAL_95 * difference.standardError();
    }

    /** Upper end of it. */
    double upper() {
        return difference.mean() + NORMAL_95 * difference.standardError();
    }

    /** Why it is not worth it by these settings; empty if it is. A sentence for people. */
    Optional<String> objection(PrecisionSettings settings) {
        if (speedup() < settings.minSpeedup()) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "int8 is only %.2f times as fast here, and headwater.backbone.int8.min-speedup is %s",
                    speedup(),
                    settings.minSpeedup()));
        }
        if (-difference.mean() > settings.maxAccuracyLoss()) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "int8 loses %.4f of the accuracy, and headwater.backbone.int8.max-accuracy-loss is %s",
                    -difference.mean(),
                    settings.maxAccuracyLoss()));
        }
        return Optional.empty();
    }

    /** A sentence for people. */
    String text() {
        return String.format(
                Locale.ROOT,
                "int8 embeds %.1f images a second on one thread here, float32 %.1f: %.2f times as many. Of %d labelled"
                        + " images heads that had not learnt from them are right on %.4f with int8 and on %.4f with"
                        + " float32: a difference of %+.4f (95 %%: %+.4f to %+.4f).",
                int8ImagesPerSecond,
                fp32ImagesPerSecond,
                speedup(),
                labelledImages,
                int8Accuracy,
                fp32Accuracy,
                difference.mean(),
                lower(),
                upper());
    }
}
