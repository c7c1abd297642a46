package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperparametersTest {

    @ParameterizedTest
    @CsvSource({
        "epochs, 0, 0, 300, 128, 0.002, 50",
        "min-steps, -1, 30, -1, 128, 0.002, 50",
        "batch-size, 0, 30, 300, 0, 0.002, 50",
        "learning-rate, 0.0, 30, 300, 128, 0, 50",
        "learning-rate, 1.5, 30, 300, 128, 1.5, 50",
        "learning-rate, NaN, 30, 300, 128, NaN, 50",
        "l2, -1.0, 30, 300, 128, 0.002, -1",
        "l2, Infinity, 30, 300, 128, 0.002, Infinity",
    })
    void a_number_that_makes_no_sense_is_refused_with_its_key_and_what_it_must_be(
            String key, String value, int epochs, int minSteps, int batchSize, float learningRate, float l2) {
        assertThatThrownBy(() -> new Hyperparameters(epochs, minSteps, batchSize, learningRate, l2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("headwater.training." + key + " is " + value + ", but must be ");
    }

    @Test
    void the_bounds_themselves_are_good() {
        assertThatCode(() -> new Hyperparameters(1, 0, 1, 1, 0, 0)).doesNotThrowAnyException();
    }
}
