package io.headwater.trainer.training;

import io.headwater.trainer.training.StackTraining.Contender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses the L2 penalty: for each one and each fold a head is trained without the fold and answers it; the penalty whose
 * answers have the least log loss wins, each at its own best temperature, for that is how a head will be used. All heads
 * are trained at once, in two stacks on two threads.
 */
final class CrossValidation {
    /** Columns of a stack: a wider one is no faster, and takes memory many times over while it is trained. */
    private static final int WIDEST = 512;

    private CrossValidation() {}

    /**
     * What one penalty gives.
     *
     * @param l2 the penalty
     * @param windows windows of steps after which the loss on the folds left out was least
     * @param logits answers to the rows, in their order, by the heads that did not learn from them: {@code [rows][C]}
     * @param temperature the best for these answers
     * @param loss mean log loss of them at that temperature
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed around inside of the package, never compared.
    record Outcome(float l2, int windows, float[][] logits, Temperature temperature, double loss) {}

    /**
     * The outcome of the best penalty; of equal ones the strongest.
     *
     * @param rows numbers of the rows that take part
     */
    static Outcome best(TrainingPart part, int[] rows, Hyperparameters settings, Cancellation cancellation) {
        int[] folds = folds(part, rows, settings);
        List<Float> even = everySecond(settings.l2Grid(), 0);
        List<Float> odd = everySecond(settings.l2Grid(), 1);
        List<Outcome> outcomes = odd.isEmpty()
                ? inStacks(part, rows, folds, even, settings, cancellation)
                : TwoThreads.run(
                                even,
                                odd,
                                cancellation,
                                (penalties, either) -> inStacks(part, rows, folds, penalties, settings, either))
                        .stream()
                        .flatMap(List::stream)
                        .toList();
        return outcomes.stream()
                .min(Comparator.comparingDouble(Outcome::loss)
                        .thenComparing(Comparator.comparingDouble(Outcome::l2).reversed()))
                .orElseThrow();
    }

    private static int[] folds(TrainingPart part, int[] rows, Hyperparameters settings) {
        int[] targets = targets(part, rows);
        int[] dealt = Folds.deal(targets, Math.min(settings.folds(), rows.length), settings.seed());
        int[] folds = new int[part.targets().length];
        for (int i = 0; i < rows.length; i++) {
            folds[rows[i]] = dealt[i];
        }
        return folds;
    }

    /** As many penalties at once as make a stack of reasonable width. */
    private static List<Outcome> inStacks(
            TrainingPart part,
            int[] rows,
            int[] folds,
            List<Float> penalties,
            Hyperparameters settings,
            Cancellation cancellation) {
        int columns = settings.folds() * Math.max(part.classes(), settings.hiddenUnits());
        int atOnce = Math.max(1, WIDEST / columns);
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < penalties.size(); from += atOnce) {
            List<Float> some = penalties.subList(from, Math.min(penalties.size(), from + atOnce));
            outcomes.addAll(outcomes(part, rows, folds, some, settings, cancellation));
        }
        return outcomes;
    }

    private static List<Outcome> outcomes(
            TrainingPart part,
            int[] rows,
            int[] folds,
            List<Float> penalties,
            Hyperparameters settings,
            Cancellation cancellation) {
        int count = Math.min(settings.folds(), rows.length);
        Head start =
                FirstWeights.of(part.embeddings().dimension(), part.classes(), settings.hiddenUnits(), settings.seed());
        List<Contender> contenders = penalties.stream()
                .flatMap(l2 -> IntStream.range(0, count).mapToObj(fold -> new Contender(start, l2, fold)))
                .toList();
        try (StackTraining training = new StackTraining(part, rows, folds, contenders, settings, cancellation)) {
            EarlyStopping stopping = new EarlyStopping(settings.patience());
            for (int window = 0; window < settings.windows(rows.length) && !stopping.isEnough(); window++) {
                training.advance();
                if (stopping.improves(leastLoss(training, penalties.size(), count))) {
                    training.stack().keep();
                }
            }
            training.stack().restore();
            float[][] all = training.logits(rows);
            List<Outcome> outcomes = new ArrayList<>();
            for (int p = 0; p < penalties.size(); p++) {
                float[][] logits = new float[rows.length][];
                for (int i = 0; i < rows.length; i++) {
                    int from = (p * count + folds[rows[i]]) * part.classes();
                    logits[i] = Arrays.copyOfRange(all[i], from, from + part.classes());
                }
                int[] targets = targets(part, rows);
                Temperature temperature = Temperature.fit(logits, targets);
                outcomes.add(new Outcome(
                        penalties.get(p),
                        stopping.bestWindow(),
                        logits,
                        temperature,
                        temperature.loss(logits, targets)));
            }
            return outcomes;
        }
    }

    /** Of the penalties, the mean of the losses on their folds. */
    private static double leastLoss(StackTraining training, int penalties, int folds) {
        return IntStream.range(0, penalties)
                .mapToDouble(p -> IntStream.range(p * folds, (p + 1) * folds)
                        .mapToDouble(training::heldOutLoss)
                        .average()
                        .orElseThrow())
                .min()
                .orElseThrow();
    }

    private static int[] targets(TrainingPart part, int[] rows) {
        return Arrays.stream(rows).map(row -> part.targets()[row]).toArray();
    }

    private static List<Float> everySecond(List<Float> all, int from) {
        return Stream.iterate(from, i -> i + 2)
                .limit((all.size() - from + 1) / 2)
                .map(all::get)
                .toList();
    }
}
