package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperparametersTest {

    @ParameterizedTest
    @CsvSource({
        "hidden-units, -1",
        "epochs, 0",
        "min-steps, -1",
        "batch-size, 0",
        "learning-rate, 0.0",
        "learning-rate, 1.5",
        "learning-rate, NaN",
        "l2-grid, [-1.0]",
        "l2-grid, [Infinity]",
        "l2-grid, []",
        "folds, 1",
        "label-smoothing, -0.1",
        "label-smoothing, 1.0",
        "patience, 0",
    })
    void a_number_that_makes_no_sense_is_refused_with_its_key_and_what_it_must_be(String key, String value) {
        assertThatThrownBy(() -> with(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("headwater.training." + key + " is " + value + ", but must be ");
    }

    private static Hyperparameters with(String key, String value) {
        Function<String, String> of = name -> name.equals(key) ? value : "1";
        List<Float> grid = !key.equals("l2-grid")
                ? List.of(1f)
                : value.equals("[]") ? List.of() : List.of(Float.valueOf(value.substring(1, value.length() - 1)));
        return new Hyperparameters(
                Integer.parseInt(of.apply("hidden-units")),
                Integer.parseInt(of.apply("epochs")),
                Integer.parseInt(of.apply("min-steps")),
                Integer.parseInt(of.apply("batch-size")),
                Float.parseFloat(of.apply("learning-rate")),
                grid,
                key.equals("folds") ? Integer.parseInt(value) : 2,
                key.equals("label-smoothing") ? Float.parseFloat(value) : 0,
                Integer.parseInt(of.apply("patience")),
                1);
    }

    @Test
    void the_bounds_themselves_are_good() {
        assertThatCode(() -> new Hyperparameters(0, 1, 0, 1, 1, List.of(0f), 2, 0, 1, 0))
                .doesNotThrowAnyException();
    }

    @Test
    void a_small_training_set_is_seen_more_often_and_looked_at_less_often() {
        Hyperparameters settings = new Hyperparameters(0, 10, 300, 128, 0.002f, List.of(1f), 5, 0, 3, 1);

        assertThat(settings.steps(50)).isEqualTo(300);
        assertThat(settings.stepsPerWindow(50)).isEqualTo(25);
        assertThat(settings.stepsPerWindow(12_800)).isEqualTo(100);
        assertThat(settings.steps(12_800)).isEqualTo(1_000);
        assertThat(settings.epochsIn(10, 12_800)).isEqualTo(10);
        assertThat(settings.epochsIn(12, 50)).isEqualTo(300);
    }
}
