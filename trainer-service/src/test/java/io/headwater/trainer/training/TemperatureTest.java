package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TemperatureTest {
    private static final int EXAMPLES = 4_000;
    private static final int CLASSES = 4;

    private final float[][] logits = new float[EXAMPLES][CLASSES];
    private final int[] targets = new int[EXAMPLES];

    /** Classes are drawn with the probabilities that the logits mean, so the logits are right as they are. */
    TemperatureTest() {
        Random random = new Random(3);
        for (int i = 0; i < EXAMPLES; i++) {
            for (int c = 0; c < CLASSES; c++) {
                logits[i][c] = (float) (2 * random.nextGaussian());
            }
            float[] probabilities = Temperature.NONE.probabilities(new float[][] {logits[i]})[0];
            double drawn = random.nextDouble();
            while (targets[i] < CLASSES - 1 && (drawn -= probabilities[targets[i]]) >= 0) {
                targets[i]++;
            }
        }
    }

    private float[][] times(float factor) {
        float[][] scaled = new float[EXAMPLES][CLASSES];
        for (int i = 0; i < EXAMPLES; i++) {
            for (int c = 0; c < CLASSES; c++) {
                scaled[i][c] = logits[i][c] * factor;
            }
        }
        return scaled;
    }

    @Test
    void confidences_that_are_right_are_left_alone() {
        assertThat(Temperature.fit(logits, targets).value()).isEqualTo(1, within(0.05));
    }

    @Test
    void a_head_that_is_too_sure_is_made_less_so_and_its_calibration_error_falls() {
        float[][] sure = times(3);

        Temperature temperature = Temperature.fit(sure, targets);

        assertThat(temperature.value()).isEqualTo(3, within(0.15));
        assertThat(Temperature.NONE.calibrationError(sure, targets)).isGreaterThan(0.1);
        assertThat(temperature.calibrationError(sure, targets)).isLessThan(0.03);
        assertThat(temperature.loss(sure, targets)).isLessThan(Temperature.NONE.loss(sure, targets) - 0.1);
    }

    @Test
    void a_head_that_is_too_modest_is_made_surer() {
        assertThat(Temperature.fit(times(0.2f), targets).value()).isEqualTo(0.2, within(0.01));
    }

    @Test
    void a_few_answers_that_are_all_right_are_no_reason_to_be_sure_for_ever() {
        float[][] right = {{5, 0}, {0, 5}, {5, 0}, {0, 5}};

        float[][] scaled = Temperature.fit(right, new int[] {0, 1, 0, 1}).probabilities(right);

        assertThat(scaled[0][0]).isBetween(0.8f, 0.95f);
    }

    @Test
    void answers_that_say_nothing_have_a_temperature_too() {
        float[][] alike = {{1, 1}, {1, 1}};

        assertThat(Temperature.fit(alike, new int[] {0, 1}).value()).isFinite().isPositive();
    }

    @Test
    void the_divided_layer_says_what_the_temperature_says() {
        Temperature temperature = Temperature.fit(times(3), targets);

        Layer divided = temperature.divide(new Layer(1, new float[] {3, -6}, new float[] {9, 0}));

        assertThat(divided.weights()[1] * temperature.value()).isEqualTo(-6, within(1e-5));
        assertThat(divided.bias()[0] * temperature.value()).isEqualTo(9, within(1e-5));
    }

    @Test
    void the_calibration_error_is_the_distance_of_confidence_and_accuracy() {
        // 0.75 sure of the first class, and right in one of two.
        float three = (float) Math.log(3);
        float[][] two = {{three, 0}, {three, 0}};

        assertThat(Temperature.NONE.calibrationError(two, new int[] {0, 1})).isEqualTo(0.25, within(1e-6));
    }
}
