package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headwater.events.Quality;
import io.headwater.trainer.evaluation.Evaluation;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int WIDTH = 40;

    private static LabelledRows rows(int perClass, double distance) {
        return Embeddings.rows(LABELS, perClass, WIDTH, distance, 0);
    }

    /** Labels that have nothing to do with the embeddings. */
    private static LabelledRows noise(int perClass) {
        LabelledRows rows = rows(perClass, 0);
        Random random = new Random(5);
        List<String> drawn = rows.labels().stream()
                .map(label -> LABELS.get(random.nextInt(3)))
                .toList();
        return new LabelledRows(rows.embeddings(), drawn, rows.ids());
    }

    private static Hyperparameters settings(int hiddenUnits, int epochs, int patience, Float... grid) {
        return new Hyperparameters(hiddenUnits, epochs, 100, 128, 0.004f, List.of(grid), 5, 0.1f, patience, 42);
    }

    private static HeadTrainer.Result train(LabelledRows rows, Hyperparameters settings) {
        return new HeadTrainer(settings).train(rows, LABELS, Optional.empty(), Cancellation.NEVER);
    }

    private static Quality quality(TrainedHead head, LabelledRows rows) {
        return Evaluation.quality(head.probabilities(rows.embeddings()), head.labels(), rows.labels());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void the_same_examples_give_the_same_bits_whatever_the_threads_do(int hiddenUnits) {
        Hyperparameters settings = settings(hiddenUnits, 5, 3, 1f, 10f, 100f);

        HeadTrainer.Result first = train(rows(100, 0.3), settings);
        HeadTrainer.Result second = train(rows(100, 0.3), settings);

        assertThat(second.trained().folded())
                .usingRecursiveComparison()
                .isEqualTo(first.trained().folded());
        assertThat(second.outOfFold().orElseThrow().probabilities())
                .isDeepEqualTo(first.outOfFold().orElseThrow().probabilities());
        assertThat(second.summary().l2()).isEqualTo(first.summary().l2());
    }

    /** Above 2,000 the training is stopped by a part that is set aside; smoothed labels must not make that too early. */
    @Test
    void more_examples_than_are_answered_out_of_fold_are_learnt_no_worse() {
        LabelledRows fresh = Embeddings.rows(LABELS, 400, 2_432, 0.05, 1_000_000);
        LabelledRows few = Embeddings.rows(LABELS, 600, 2_432, 0.05, 0);
        LabelledRows many = Embeddings.rows(LABELS, 1_500, 2_432, 0.05, 0);
        HeadTrainer.Result first = train(few, Hyperparameters.DEFAULT);
        HeadTrainer.Result second = train(many, Hyperparameters.DEFAULT);
        StartingPoint stable = new StartingPoint(LABELS, second.trained().folded(), true);

        HeadTrainer.Result third =
                new HeadTrainer(Hyperparameters.DEFAULT).train(many, LABELS, Optional.of(stable), Cancellation.NEVER);

        assertThat(second.summary().epochs()).isGreaterThan(3);
        assertThat(third.summary().epochs()).isGreaterThan(3);
        double reached = quality(first.trained(), fresh).getAccuracy();
        assertThat(reached).isBetween(0.6, 0.99);
        assertThat(quality(second.trained(), fresh).getAccuracy()).isGreaterThan(reached - 0.005);
        assertThat(quality(third.trained(), fresh).getAccuracy()).isGreaterThan(reached - 0.005);
    }

    @Test
    void the_same_many_examples_give_the_same_bits() {
        Hyperparameters settings = settings(0, 2, 3, 1f, 10f);

        Head first = train(rows(800, 0.3), settings).trained().folded();

        assertThat(train(rows(800, 0.3), settings).trained().folded())
                .usingRecursiveComparison()
                .isEqualTo(first);
    }

    @Test
    void labels_that_are_noise_get_a_stronger_penalty() {
        Hyperparameters settings = settings(0, 10, 3, 0.1f, 10f, 1_000f, 100_000f);

        float clear = train(rows(60, 0.6), settings).summary().l2();
        HeadTrainer.Result noise = train(noise(60), settings);

        assertThat(noise.summary().l2()).isGreaterThan(clear).isEqualTo(100_000f);
        // It has learnt that there is nothing to know.
        assertThat(quality(noise.trained(), noise(60)).getLogLoss()).isBetween(1.0, 1.2);
    }

    @Test
    void stops_when_it_only_learns_by_heart() {
        Hyperparameters settings = settings(0, 400, 3, 0f);

        assertThat(train(noise(40), settings).summary().epochs()).isLessThan(200);
        assertThat(train(noise(800), settings).summary().epochs()).isLessThan(50);
    }

    @Test
    void few_examples_are_all_learnt_from_and_calibrated_out_of_fold() {
        HeadTrainer.Result result = train(rows(100, 0.3), settings(0, 10, 3, 10f, 100f));

        Calibration calibration = result.summary().calibration().orElseThrow();
        assertThat(calibration.part()).isEqualTo(Calibration.Part.OUT_OF_FOLD);
        assertThat(calibration.examples()).isEqualTo(300);
        assertThat(calibration.eceAfter()).isLessThan(calibration.eceBefore());
        assertThat(result.summary().millis().keySet())
                .contains("standardisation", "cross-validation", "training", "calibration");
    }

    @Test
    void of_many_examples_a_part_is_set_aside_for_calibration() {
        HeadTrainer.Result result = train(rows(800, 0.3), settings(0, 3, 3, 10f, 100f));

        Calibration calibration = result.summary().calibration().orElseThrow();
        assertThat(calibration.part()).isEqualTo(Calibration.Part.CALIBRATION);
        assertThat(calibration.examples()).isEqualTo((int)
                rows(800, 0.3).ids().stream().filter(CalibrationPart::has).count());
        assertThat(calibration.eceAfter()).isLessThanOrEqualTo(calibration.eceBefore());
        assertThat(result.outOfFold()).isEmpty();
        assertThat(quality(result.trained(), Embeddings.rows(LABELS, 100, WIDTH, 0.3, 50_000))
                        .getAccuracy())
                .isGreaterThan(0.7);
    }

    @Test
    void what_is_set_aside_is_not_learnt_from() {
        LabelledRows all = rows(800, 0.3);
        List<String> wrong = new ArrayList<>(all.labels());
        for (int i = 0; i < wrong.size(); i++) {
            if (CalibrationPart.has(all.ids().get(i))) {
                wrong.set(i, "ant");
            }
        }
        Hyperparameters settings = settings(0, 3, 100, 10f);

        Head right = train(all, settings).trained().folded();
        Head misled = train(new LabelledRows(all.embeddings(), wrong, all.ids()), settings)
                .trained()
                .folded();

        // All of it is used for is the temperature, and the class weights.
        double cosine = cosine(right.output().weights(), misled.output().weights());
        assertThat(cosine).isGreaterThan(0.95);
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            first += (double) one[i] * one[i];
            second += (double) other[i] * other[i];
        }
        return product / Math.sqrt(first * second);
    }

    @Test
    void a_training_that_goes_on_from_a_good_head_beats_a_cold_one() {
        LabelledRows rows = rows(800, 0.3);
        TrainedHead stable = train(rows, settings(0, 20, 20, 10f)).trained();
        Hyperparameters brief = new Hyperparameters(0, 1, 1, 2_000, 0.0005f, List.of(10f), 5, 0.1f, 3, 42);

        HeadTrainer.Result result = new HeadTrainer(brief)
                .train(rows, LABELS, Optional.of(new StartingPoint(LABELS, stable.folded(), true)), Cancellation.NEVER);

        assertThat(result.summary().start()).isEqualTo(TrainingSummary.Start.WARM);
        LabelledRows fresh = Embeddings.rows(LABELS, 100, WIDTH, 0.3, 50_000);
        assertThat(quality(result.trained(), fresh).getLogLoss())
                .isLessThan(quality(train(rows, brief).trained(), fresh).getLogLoss());
    }

    @Test
    void a_stable_head_that_may_have_learnt_what_is_set_aside_is_no_start() {
        LabelledRows rows = rows(800, 0.3);
        TrainedHead stable = train(rows, settings(0, 20, 20, 10f)).trained();
        Hyperparameters brief = new Hyperparameters(0, 1, 1, 2_000, 0.0005f, List.of(10f), 5, 0.1f, 3, 42);

        HeadTrainer.Result result = new HeadTrainer(brief)
                .train(rows, LABELS, Optional.of(new StartingPoint(LABELS, stable.folded())), Cancellation.NEVER);

        assertThat(result.summary().start()).isEqualTo(TrainingSummary.Start.COLD);
    }

    @Test
    void a_misleading_stable_head_loses_to_a_cold_start() {
        LabelledRows rows = rows(40, 0.6);
        TrainedHead stable = train(rows, settings(0, 10, 3, 0.1f)).trained();
        StartingPoint renamed = new StartingPoint(List.of("bee", "cow", "ant"), stable.folded());

        HeadTrainer.Result result =
                new HeadTrainer(settings(0, 1, 3, 1f)).train(rows, LABELS, Optional.of(renamed), Cancellation.NEVER);

        assertThat(result.summary().start()).isEqualTo(TrainingSummary.Start.COLD);
    }

    @Test
    void a_hidden_layer_learns_what_no_linear_head_can() {
        // Two classes that differ in whether two numbers have the same sign.
        Random random = new Random(2);
        var matrix = new io.headwater.trainer.trainingset.EmbeddingMatrix(6);
        List<String> labels = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            float[] vector = new float[6];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = (float) random.nextGaussian();
            }
            matrix.append(vector);
            labels.add(vector[0] * vector[1] > 0 ? "same" : "other");
            ids.add("image-" + i);
        }
        LabelledRows rows = new LabelledRows(matrix, labels, ids);
        List<String> two = List.of("other", "same");

        float[][] hidden = new HeadTrainer(settings(16, 100, 20, 0.1f, 1f))
                .train(rows, two, Optional.empty(), Cancellation.NEVER)
                .outOfFold()
                .orElseThrow()
                .probabilities();
        float[][] linear = new HeadTrainer(settings(0, 100, 20, 0.1f, 1f))
                .train(rows, two, Optional.empty(), Cancellation.NEVER)
                .outOfFold()
                .orElseThrow()
                .probabilities();

        assertThat(Evaluation.quality(hidden, two, labels).getAccuracy()).isGreaterThan(0.85);
        assertThat(Evaluation.quality(linear, two, labels).getAccuracy()).isLessThan(0.65);
    }

    @Test
    void the_folded_head_with_a_hidden_layer_says_what_pytorch_says() {
        LabelledRows rows = rows(30, 0.3);
        TrainedHead trained = train(rows, settings(8, 5, 3, 1f)).trained();
        Head folded = trained.folded();
        Layer hidden = folded.hidden().orElseThrow();
        float[] x = new float[WIDTH];
        rows.embeddings().read(4, x, 0);

        double[] inner = product(hidden, x);
        float[] active = new float[inner.length];
        for (int i = 0; i < active.length; i++) {
            active[i] = (float) Math.max(0, inner[i]);
        }
        double[] logits = product(folded.output(), active);

        float[] expected = trained.probabilities(rows.embeddings())[4];
        assertThat(logits[1] - logits[0]).isEqualTo(Math.log(expected[1] / expected[0]), within(1e-3));
        assertThat(logits[2] - logits[0]).isEqualTo(Math.log(expected[2] / expected[0]), within(1e-3));
    }

    private static double[] product(Layer layer, float[] x) {
        double[] out = new double[layer.outputs()];
        for (int c = 0; c < out.length; c++) {
            out[c] = layer.bias()[c];
            for (int i = 0; i < x.length; i++) {
                out[c] += x[i] * layer.weights()[i * out.length + c];
            }
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void so_few_examples_are_enough(int perClass) {
        HeadTrainer.Result result = train(rows(perClass, 0.6), Hyperparameters.DEFAULT);

        assertThat(quality(result.trained(), rows(perClass, 0.6)).getAccuracy()).isEqualTo(1);
        assertThat(result.summary().calibration().isPresent()).isEqualTo(perClass == 10);
        assertThat(result.outOfFold().orElseThrow().probabilities()).hasDimensions(3 * perClass, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 800})
    void stops_at_once_when_it_is_cancelled(int perClass) {
        AtomicInteger asked = new AtomicInteger();
        Cancellation soon = () -> asked.incrementAndGet() > 30;
        HeadTrainer trainer = new HeadTrainer(settings(0, 10, 3, 1f, 10f));

        assertThatThrownBy(() -> trainer.train(rows(perClass, 0.3), LABELS, Optional.empty(), soon))
                .isInstanceOf(TrainingCancelledException.class);
        // Two threads, each of which may ask once more.
        assertThat(asked).hasValueLessThanOrEqualTo(33);
    }

    @Test
    void all_examples_are_answered_out_of_fold_when_somebody_asks_though_they_are_many() {
        LabelledRows rows = rows(800, 0.3);

        OutOfFold answers = new HeadTrainer(settings(0, 2, 3, 1f, 10f)).outOfFold(rows, LABELS, 10, Cancellation.NEVER);

        assertThat(Evaluation.quality(answers.probabilities(), LABELS, rows.labels())
                        .getAccuracy())
                .isBetween(0.7, 0.999);
    }
}
