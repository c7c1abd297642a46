package io.headwater.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"wait=5", "Wait = 5", "respond-async, wait=5", "wait=\"5\"; x=y", "handling=lenient; wait=5"})
    void the_time_is_found_among_other_preferences(String prefer) {
        assertThat(Preference.wait(List.of(prefer))).contains(Duration.ofSeconds(5));
    }

    @Test
    void it_may_be_in_a_header_of_its_own() {
        assertThat(Preference.wait(List.of("respond-async", "wait=7"))).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=-1", "wait=5s", "await=5", "wait=99999999999", "respond-async"})
    void anything_else_is_left_alone(String prefer) {
        assertThat(Preference.wait(List.of(prefer))).isEmpty();
    }
}
