package io.headwater.inference.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionFilterTest {
    @ParameterizedTest
    @CsvSource({
        ",,,,true",
        "3,,,,true",
        "4,,,,false",
        ",oak,,,true",
        ",Oak,,,false",
        ",,0.81,,true",
        ",,0.8,,false",
        ",,1,,true",
        ",,0,,false",
        ",,,false,true",
        ",,,true,false",
        "3,oak,.9,false,true",
        "3,beech,.9,false,false"
    })
    void all_that_is_given_must_hold(String version, String label, String below, String canary, boolean wanted) {
        assertThat(PredictionFilter.parse(version, label, below, canary).test(prediction()))
                .isEqualTo(wanted);
    }

    @Test
    void what_has_no_answer_is_unsure_and_of_no_version() {
        Prediction none = prediction(Optional.empty(), Optional.empty(), 0);

        assertThat(PredictionFilter.parse(null, null, "0.1", null).test(none)).isTrue();
        assertThat(PredictionFilter.parse("0", null, null, null).test(none)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "-0.1", "60%", "NaN", "", "1e-3", "0x1"})
    void a_confidence_that_is_none_is_refused(String below) {
        assertThatThrownBy(() -> PredictionFilter.parse(null, null, below, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("confidence-below is " + below);
    }

    @Test
    void a_version_or_canary_that_is_none_is_refused() {
        assertThatThrownBy(() -> PredictionFilter.parse("v3", null, null, null)).hasMessageContaining("version is v3");
        assertThatThrownBy(() -> PredictionFilter.parse(null, null, null, "yes"))
                .hasMessageContaining("canary is yes");
    }

    static Prediction prediction() {
        return prediction(Optional.of(3L), Optional.of("oak"), 0.8f);
    }

    private static Prediction prediction(Optional<Long> version, Optional<String> label, float confidence) {
        return new Prediction(
                "image",
                version,
                1,
                false,
                label,
                confidence,
                List.of(),
                List.of(),
                new Prediction.Timings(1, 2, 3),
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                0,
                false);
    }
}
