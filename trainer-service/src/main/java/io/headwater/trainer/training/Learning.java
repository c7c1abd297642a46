package io.headwater.trainer.training;

import io.headwater.trainer.trainingset.LabelledRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** One training, from the rows to the calibrated head. */
final class Learning {
    /** With fewer examples a temperature would say more about them than about the head. */
    private static final int LEAST_CALIBRATED = 20;
    /** More than these of the part that is set aside would tell nothing more. */
    private static final int MOST_CALIBRATED = 5_000;
    /**
     * How much an example counts whose label is probably wrong. On photographs with a tenth of the labels flipped a half
     * gave more accuracy than one, and cost almost none with the labels as they were; none at all cost more there.
     */
    private static final float SUSPECT_WEIGHT = 0.5f;

    private final LabelledRows rows;
    private final List<String> labels;
    private final Hyperparameters settings;
    private final Cancellation cancellation;
    private final Phases phases = new Phases();
    private final TrainingPart part;
    private final Head cold;

    Learning(LabelledRows rows, List<String> labels, Hyperparameters settings, Cancellation cancellation) {
        this.rows = rows;
        this.labels = labels;
        this.settings = settings;
        this.cancellation = cancellation;
        part = phases.time("standardisation", () -> part(rows, labels));
        cold = FirstWeights.of(rows.embeddings().dimension(), labels.size(), settings.hiddenUnits(), settings.seed());
    }

    private static TrainingPart part(LabelledRows rows, List<String> labels) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String label : labels) {
            numbers.put(label, numbers.size());
        }
        int[] targets = rows.labels().stream().mapToInt(numbers::get).toArray();
        return new TrainingPart(
                rows.embeddings(),
                Standardisation.of(rows.embeddings()),
                targets,
                labels.size(),
                weights(targets, labels.size()));
    }

    private static float[] weights(int[] targets, int classes) {
        float[] ofClasses = ClassWeights.balanced(targets, classes);
        float[] weights = new float[targets.length];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = ofClasses[targets[row]];
        }
        return weights;
    }

    HeadTrainer.Result result(Optional<StartingPoint> stable) {
        return rows.size() <= Hyperparameters.CROSS_VALIDATED ? ofFew(stable) : ofMany(stable);
    }

    /** Out-of-fold answers to all rows. */
    OutOfFold outOfFold() {
        CrossValidation.Outcome outcome = CrossValidation.best(part, all(), settings, cancellation);
        return new OutOfFold(labels, outcome.temperature().probabilities(outcome.logits()));
    }

    private HeadTrainer.Result ofFew(Optional<StartingPoint> stable) {
        CrossValidation.Outcome chosen =
                phases.time("cross-validation", () -> CrossValidation.best(part, all(), settings, cancellation));
        // With a hidden layer the lower loss on what was learnt may only mean that more was learnt by heart.
        Optional<Head> warm =
                stable.filter(point -> settings.hiddenUnits() == 0).flatMap(this::warm);
        boolean calibrated = rows.size() >= LEAST_CALIBRATED;
        Temperature temperature = calibrated ? chosen.temperature() : Temperature.NONE;
        OutOfFold answers = new OutOfFold(labels, temperature.probabilities(chosen.logits()));
        TrainingPart doubting = part.doubting(suspected(answers), SUSPECT_WEIGHT);
        HeadTraining.Trained trained =
                phases.time("training", () -> training(doubting, warm).windows(all(), chosen.windows(), chosen.l2()));
        Optional<Calibration> calibration = phases.time("calibration", () -> Optional.of(
                        calibration(temperature, chosen.logits(), all(), Calibration.Part.OUT_OF_FOLD))
                .filter(measured -> calibrated));
        return result(trained, temperature, calibration, Optional.of(answers), chosen.l2(), rows.size());
    }

    private HeadTrainer.Result ofMany(Optional<StartingPoint> stable) {
        boolean[] aside = new boolean[rows.size()];
        for (int row = 0; row < aside.length; row++) {
            aside[row] = CalibrationPart.has(rows.ids().get(row));
        }
        int[] calibrationPart = sample(all(row -> aside[row]), MOST_CALIBRATED);
        int[] learn = all(row -> !aside[row]);
        float l2 = settings.l2Grid().size() == 1
                ? settings.l2Grid().get(0)
                : phases.time("cross-validation", () -> CrossValidation.best(
                                part,
                                sample(learn, Hyperparameters.CROSS_VALIDATED),
                                settings.withFewFolds(),
                                cancellation)
                        .l2());
        // What has learnt from the calibration part would look better there than it is.
        Optional<Head> warm =
                stable.filter(StartingPoint::sparedCalibrationPart).flatMap(this::warm);
        HeadTraining.Trained trained =
                phases.time("training", () -> training(part, warm).until(learn, calibrationPart, l2));
        int[] targets = targets(calibrationPart);
        Temperature temperature = phases.time("calibration", () -> Temperature.fit(trained.logits(), targets));
        Calibration calibration =
                calibration(temperature, trained.logits(), calibrationPart, Calibration.Part.CALIBRATION);
        return result(trained, temperature, Optional.of(calibration), Optional.empty(), l2, learn.length);
    }

    /** So many of these rows, by a hash of their ids. */
    private int[] sample(int[] some, int most) {
        return Arrays.stream(some)
                .boxed()
                .sorted(Comparator.comparingLong(
                        row -> CalibrationPart.hash(rows.ids().get(row))))
                .limit(most)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int[] suspected(OutOfFold answers) {
        return ConfidentLearning.findings(answers.probabilities(), part.targets()).stream()
                .mapToInt(ConfidentLearning.Finding::row)
                .toArray();
    }

    private HeadTraining training(TrainingPart some, Optional<Head> warm) {
        return new HeadTraining(some, cold, warm, settings, cancellation);
    }

    private Optional<Head> warm(StartingPoint stable) {
        return WarmStart.of(stable, labels, cold, part.standardisation());
    }

    private Calibration calibration(Temperature temperature, float[][] logits, int[] answered, Calibration.Part where) {
        int[] targets = targets(answered);
        return new Calibration(
                temperature.value(),
                Temperature.NONE.calibrationError(logits, targets),
                temperature.calibrationError(logits, targets),
                answered.length,
                where);
    }

    private HeadTrainer.Result result(
            HeadTraining.Trained trained,
            Temperature temperature,
            Optional<Calibration> calibration,
            Optional<OutOfFold> outOfFold,
            float l2,
            int learnt) {
        Head scaled = new Head(
                trained.head().hidden(), temperature.divide(trained.head().output()));
        TrainingSummary summary = new TrainingSummary(
                described(l2),
                trained.start(),
                l2,
                settings.epochsIn(trained.windows(), learnt),
                calibration,
                phases.millis());
        return new HeadTrainer.Result(
                new TrainedHead(labels, part.standardisation(), cold),
                new TrainedHead(labels, part.standardisation(), scaled),
                outOfFold,
                summary);
    }

    private Map<String, String> described(float l2) {
        Map<String, String> all = settings.describe();
        all.put("l2", Float.toString(l2));
        all.put("suspect-weight", Float.toString(rows.size() <= Hyperparameters.CROSS_VALIDATED ? SUSPECT_WEIGHT : 1));
        return all;
    }

    private int[] targets(int[] some) {
        return Arrays.stream(some).map(row -> part.targets()[row]).toArray();
    }

    private int[] all() {
        return all(row -> true);
    }

    private int[] all(IntPredicate holds) {
        return IntStream.range(0, rows.size()).filter(holds).toArray();
    }
}
