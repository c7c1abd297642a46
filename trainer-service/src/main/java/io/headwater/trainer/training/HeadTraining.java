package io.headwater.trainer.training;

import io.headwater.trainer.training.StackTraining.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Trains the head that is kept: from a cold start and, where there is one, from a warm start, side by side. */
final class HeadTraining {
    private static final int[] NO_FOLDS = {};

    private final TrainingPart part;
    private final Hyperparameters settings;
    private final Cancellation cancellation;
    private final List<Head> starts = new ArrayList<>();

    /**
     * @param cold small random weights
     * @param warm the stable head's weights, on standardised embeddings
     */
    HeadTraining(
            TrainingPart part, Head cold, Optional<Head> warm, Hyperparameters settings, Cancellation cancellation) {
        this.part = part;
        this.settings = settings;
        this.cancellation = cancellation;
        starts.add(cold);
        warm.ifPresent(starts::add);
    }

    /**
     * The better one.
     *
     * @param head on standardised embeddings
     * @param start where it started
     * @param windows windows of steps that it learnt
     * @param logits its answers to the calibration part, if there is one: {@code [rows][C]}
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed around inside of the package, never compared.
    record Trained(Head head, TrainingSummary.Start start, int windows, float[][] logits) {}

    /**
     * With a calibration part: each start goes on as long as its loss there falls, at its own best temperature, and the one
     * with the least loss wins. Without the temperature the loss would rise while smoothed labels are still being learnt.
     *
     * @param learn numbers of the rows that are learnt from
     * @param calibration numbers of the rows that are not
     */
    Trained until(int[] learn, int[] calibration, float l2) {
        int[] targets =
                IntStream.of(calibration).map(row -> part.targets()[row]).toArray();
        List<EarlyStopping> stopping = starts.stream()
                .map(start -> new EarlyStopping(settings.patience()))
                .toList();
        Trained[] best = new Trained[starts.size()];
        try (StackTraining training = training(learn, l2)) {
            for (int window = 1;
                    window <= settings.windows(learn.length)
                            && !stopping.stream().allMatch(EarlyStopping::isEnough);
                    window++) {
                training.advance();
                float[][] all = training.logits(calibration);
                for (int m = 0; m < best.length; m++) {
                    float[][] logits = column(all, m);
                    if (!stopping.get(m).isEnough()
                            && stopping.get(m)
                                    .improves(Temperature.fit(logits, targets).loss(logits, targets))) {
                        best[m] = new Trained(training.stack().head(m), startOf(m), window, logits);
                    }
                }
            }
        }
        return best.length > 1 && stopping.get(1).best() < stopping.get(0).best() ? best[1] : best[0];
    }

    /**
     * Without one: so many windows, and the start wins that came lower with what both minimise, the penalised loss on what
     * they learnt from.
     *
     * @param learn numbers of the rows that are learnt from
     */
    Trained windows(int[] learn, int windows, float l2) {
        try (StackTraining training = training(learn, l2)) {
            for (int window = 0; window < windows; window++) {
                training.advance();
            }
            int best = 0;
            if (starts.size() > 1) {
                float[][] all = training.logits(learn);
                double[] objective = new double[starts.size()];
                for (int m = 0; m < objective.length; m++) {
                    objective[m] = Objective.of(training.stack().head(m), column(all, m), learn, part, settings, l2);
                }
                best = objective[1] < objective[0] ? 1 : 0;
            }
            return new Trained(training.stack().head(best), startOf(best), windows, new float[0][]);
        }
    }

    private StackTraining training(int[] learn, float l2) {
        List<Contender> contenders = starts.stream()
                .map(start -> new Contender(start, l2, StackTraining.ALL_FOLDS))
                .toList();
        return new StackTraining(part, learn, NO_FOLDS, contenders, settings, cancellation);
    }

    private float[][] column(float[][] all, int number) {
        float[][] logits = new float[all.length][part.classes()];
        for (int i = 0; i < all.length; i++) {
            System.arraycopy(all[i], number * part.classes(), logits[i], 0, part.classes());
        }
        return logits;
    }

    private static TrainingSummary.Start startOf(int number) {
        return number == 0 ? TrainingSummary.Start.COLD : TrainingSummary.Start.WARM;
    }
}
