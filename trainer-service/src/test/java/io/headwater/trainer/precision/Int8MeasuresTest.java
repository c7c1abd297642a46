package io.headwater.trainer.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.evaluation.MeanDifference;
import org.junit.jupiter.api.Test;

class Int8MeasuresTest {
    private static final PrecisionSettings SETTINGS = new PrecisionSettings(256, 500, 1.2, 0.02);

    @Test
    void what_is_fast_and_good_enough_meets_no_objection() {
        assertThat(measures(180, 0.90, 0.89).objection(SETTINGS)).isEmpty();
        assertThat(measures(120, 0.90, 0.88).objection(SETTINGS)).isEmpty();
        assertThat(measures(180, 0.90, 0.93).objection(SETTINGS)).isEmpty();
    }

    @Test
    void what_is_hardly_faster_or_loses_too_much_does() {
        assertThat(measures(119, 0.90, 0.90).objection(SETTINGS))
                .hasValue("int8 is only 1.19 times as fast here, and headwater.backbone.int8.min-speedup is 1.2");
        assertThat(measures(180, 0.90, 0.87).objection(SETTINGS))
                .hasValue("int8 loses 0.0300 of the accuracy, and headwater.backbone.int8.max-accuracy-loss is 0.02");
    }

    @Test
    void the_difference_is_told_with_its_interval() {
        Int8Measures measures = measures(180, 0.90, 0.89);

        assertThat(measures.speedup()).isEqualTo(1.8);
        assertThat(measures.lower()).isEqualTo(-0.01 - 1.96 * 0.005, within(1e-9));
        assertThat(measures.upper()).isEqualTo(-0.01 + 1.96 * 0.005, within(1e-9));
        assertThat(measures.text()).contains("1.80 times", "a difference of -0.0100 (95 %: -0.0198 to -0.0002)");
    }

    private static Int8Measures measures(double int8ImagesPerSecond, double fp32, double int8) {
        // Away from the rounding of the difference itself.
        double difference = Math.round((int8 - fp32) * 1e6) / 1e6;
        return new Int8Measures(100, int8ImagesPerSecond, 200, fp32, int8, new MeanDifference(difference, 0.005, 200));
    }
}
