package io.headwater.trainer.evaluation;

import io.headwater.events.ClassQuality;
import io.headwater.events.Estimate;
import io.headwater.events.HoldoutEvaluation;
import io.headwater.events.TopKAccuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * All that is measured of a version on its holdout. Shares (accuracy, top k, precision, recall) have Wilson's interval, the
 * others (log loss, calibration error, F1) that of a bootstrap with a fixed seed: the same answers give the same figures.
 */
public final class HoldoutMeasures {
    private static final long SEED = 42;
    private static final int[] TOP = {1, 3, 5};
    private static final int MOST_RESAMPLES = 1_000;
    private static final int LEAST_RESAMPLES = 200;
    /** Draws that are made in all; a large holdout is resampled less often, and needs it less. */
    private static final int DRAWS = 10_000_000;

    private HoldoutMeasures() {}

    /**
     * Measures.
     *
     * @param answers to the holdout, at least one
     */
    public static HoldoutEvaluation of(Answers answers) {
        double[] losses = answers.losses();
        Counted all = new Counted(answers, losses);
        for (int i = 0; i < answers.size(); i++) {
            all.add(i);
        }
        Resamples resamples = new Resamples(answers, losses);
        List<ClassQuality> classes = new ArrayList<>();
        for (int c = 0; c < answers.labels().size(); c++) {
            classes.add(new ClassQuality(
                    answers.labels().get(c),
                    all.examples(c),
                    Intervals.share(all.right(c), all.answers(c)),
                    Intervals.share(all.right(c), all.examples(c)),
                    Intervals.resampled(all.f1(c), resamples.f1[c])));
        }
        return HoldoutEvaluation.newBuilder()
                .setAccuracy(top(answers, 1))
                .setLogLoss(Intervals.resampled(all.logLoss(), resamples.logLoss))
                .setTopK(topK(answers))
                .setCalibrationError(Intervals.resampled(all.calibrationError(), resamples.calibrationError))
                .setConfidence(Intervals.CONFIDENCE)
                .setClasses(classes)
                .setConfusion(List.of(all.confusion).stream()
                        .flatMapToLong(LongStream::of)
                        .boxed()
                        .toList())
                .build();
    }

    /** For 1, 3 and 5, as far as there are more labels than that. */
    private static List<TopKAccuracy> topK(Answers answers) {
        List<TopKAccuracy> accuracies = new ArrayList<>();
        for (int k : TOP) {
            if (k == 1 || k < answers.labels().size()) {
                accuracies.add(new TopKAccuracy(k, top(answers, k)));
            }
        }
        return accuracies;
    }

    private static Estimate top(Answers answers, int k) {
        int among = 0;
        for (int i = 0; i < answers.size(); i++) {
            among += answers.rank(i) < k ? 1 : 0;
        }
        return Intervals.share(among, answers.size());
    }

    /** Each figure on samples of the holdout, drawn with replacement and as large as it. */
    private static final class Resamples {
        private final double[] logLoss;
        private final double[] calibrationError;
        private final double[][] f1;

        Resamples(Answers answers, double[] losses) {
            int n = answers.size();
            int count = Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, DRAWS / n));
            int classes = answers.labels().size();
            logLoss = new double[count];
            calibrationError = new double[count];
            f1 = new double[classes][count];
            SplittableRandom random = new SplittableRandom(SEED);
            for (int sample = 0; sample < count; sample++) {
                Counted counted = new Counted(answers, losses);
                for (int i = 0; i < n; i++) {
                    counted.add(random.nextInt(n));
                }
                logLoss[sample] = counted.logLoss();
                calibrationError[sample] = counted.calibrationError();
                for (int c = 0; c < classes; c++) {
                    f1[c][sample] = counted.f1(c);
                }
            }
        }
    }
}
