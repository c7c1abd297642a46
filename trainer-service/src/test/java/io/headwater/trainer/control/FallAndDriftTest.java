package io.headwater.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FallAndDriftTest {
    private static final Optional<String> FALL = Optional.of("Live accuracy has fallen.");
    private static final Optional<String> DRIFT = Optional.of("The images are others.");

    @Test
    void drift_alone_is_no_reason_to_train() {
        assertThat(FallAndDrift.reason(Optional.empty(), DRIFT)).isEmpty();
        assertThat(FallAndDrift.reason(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void a_fall_is_one_by_itself_and_drift_explains_it() {
        assertThat(FallAndDrift.reason(FALL, Optional.empty())).isEqualTo(FALL);
        assertThat(FallAndDrift.reason(FALL, DRIFT)).hasValue("Live accuracy has fallen. The images are others.");
    }
}
