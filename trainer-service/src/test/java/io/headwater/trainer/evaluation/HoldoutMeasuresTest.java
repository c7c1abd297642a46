package io.headwater.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.events.ClassQuality;
import io.headwater.events.Estimate;
import io.headwater.events.HoldoutEvaluation;
import io.headwater.events.TopKAccuracy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HoldoutMeasuresTest {
    private static final List<String> LABELS = List.of("a", "b", "c", "d");

    /** Truth a: a, a, b. Truth b: b. Truth c: a. Nothing is d. */
    private static final Answers SMALL = new Answers(
            LABELS,
            new float[][] {
                {0.7f, 0.1f, 0.1f, 0.1f},
                {0.9f, 0.1f, 0, 0},
                {0.3f, 0.5f, 0.2f, 0},
                {0.1f, 0.6f, 0.2f, 0.1f},
                {0.4f, 0.3f, 0.2f, 0.1f}
            },
            List.of("a", "a", "a", "b", "c"));

    @Test
    void the_confusion_matrix_has_true_labels_as_rows() {
        assertThat(HoldoutMeasures.of(SMALL).getConfusion())
                .containsExactly(2L, 1L, 0L, 0L, 0L, 1L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void precision_recall_and_f1_are_those_of_the_confusion_matrix() {
        List<ClassQuality> classes = HoldoutMeasures.of(SMALL).getClasses();

        assertThat(classes).extracting(ClassQuality::getLabel).isEqualTo(LABELS);
        assertThat(classes).extracting(ClassQuality::getHoldout).containsExactly(3L, 1L, 1L, 0L);
        assertThat(classes.get(0).getPrecision().getValue()).isEqualTo(2 / 3.0, within(1e-12));
        assertThat(classes.get(0).getRecall().getValue()).isEqualTo(2 / 3.0, within(1e-12));
        assertThat(classes.get(1).getPrecision().getValue()).isEqualTo(0.5);
        assertThat(classes.get(1).getRecall().getValue()).isEqualTo(1);
        assertThat(classes.get(1).getF1().getValue()).isEqualTo(2 / 3.0, within(1e-12));
        assertThat(classes.get(2).getF1().getValue()).isZero();
    }

    @Test
    void a_class_without_examples_or_answers_has_zeros_that_may_be_anything() {
        ClassQuality nothing = HoldoutMeasures.of(SMALL).getClasses().get(3);

        assertThat(nothing.getPrecision()).isEqualTo(new Estimate(0.0, 0.0, 1.0));
        assertThat(nothing.getRecall()).isEqualTo(new Estimate(0.0, 0.0, 1.0));
        assertThat(nothing.getF1()).isEqualTo(new Estimate(0.0, 0.0, 0.0));
    }

    @Test
    void top_k_counts_the_k_most_probable_and_only_as_many_as_make_a_difference() {
        List<TopKAccuracy> topK = HoldoutMeasures.of(SMALL).getTopK();

        assertThat(topK).extracting(TopKAccuracy::getK).containsExactly(1, 3);
        assertThat(topK).extracting(top -> top.getAccuracy().getValue()).containsExactly(0.6, 1.0);
    }

    /** Confidences 0.7, 0.9, 0.5, 0.6, 0.4 are in five bins of one each: right, right, wrong, right, wrong. */
    @Test
    void the_calibration_error_is_the_mean_distance_of_confidence_and_accuracy() {
        assertThat(HoldoutMeasures.of(SMALL).getCalibrationError().getValue())
                .isEqualTo((0.3 + 0.1 + 0.5 + 0.4 + 0.4) / 5, within(1e-6));
    }

    @Test
    void every_figure_is_within_its_interval_and_the_same_each_time() {
        Answers answers = random(300, 7);

        HoldoutEvaluation evaluation = HoldoutMeasures.of(answers);

        assertThat(HoldoutMeasures.of(answers)).isEqualTo(evaluation);
        List<Estimate> all = new ArrayList<>(
                List.of(evaluation.getAccuracy(), evaluation.getLogLoss(), evaluation.getCalibrationError()));
        evaluation.getTopK().forEach(top -> all.add(top.getAccuracy()));
        evaluation.getClasses().forEach(one -> all.addAll(List.of(one.getPrecision(), one.getRecall(), one.getF1())));
        assertThat(all)
                .allSatisfy(figure -> assertThat(figure.getValue()).isBetween(figure.getLow(), figure.getHigh()));
    }

    /** 95 of 100 intervals hold the truth; 85 is so few that it happens once in 20,000 times. */
    @Test
    void the_bootstrap_of_the_log_loss_holds_the_truth_about_as_often_as_it_says() {
        double truth = Arrays.stream(random(200_000, 1).losses()).average().orElseThrow();
        int held = 0;
        for (int seed = 100; seed < 200; seed++) {
            Estimate logLoss = HoldoutMeasures.of(random(100, seed)).getLogLoss();
            held += logLoss.getLow() <= truth && truth <= logLoss.getHigh() ? 1 : 0;
        }

        assertThat(held).isBetween(85, 99);
    }

    @Test
    void a_label_that_the_model_does_not_know_counts_as_wrong_and_is_in_no_row() {
        HoldoutEvaluation evaluation = HoldoutMeasures.of(
                new Answers(List.of("a", "b"), new float[][] {{0.9f, 0.1f}, {0.9f, 0.1f}}, List.of("a", "z")));

        assertThat(evaluation.getAccuracy().getValue()).isEqualTo(0.5);
        assertThat(evaluation.getConfusion()).containsExactly(1L, 0L, 0L, 0L);
    }

    private static Answers random(int examples, long seed) {
        Random random = new Random(seed);
        float[][] probabilities = new float[examples][LABELS.size()];
        List<String> truth = new ArrayList<>();
        for (float[] row : probabilities) {
            int target = random.nextInt(LABELS.size());
            float sum = 0;
            for (int c = 0; c < row.length; c++) {
                row[c] = (float) Math.exp(random.nextGaussian() + (c == target ? 1.5 : 0));
                sum += row[c];
            }
            for (int c = 0; c < row.length; c++) {
                row[c] /= sum;
            }
            truth.add(LABELS.get(target));
        }
        return new Answers(LABELS, probabilities, truth);
    }
}
