package io.headwater.benchmarks.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.benchmarks.gate.Trial.LogLoss;
import io.headwater.events.GateOutcome;
import io.headwater.trainer.evaluation.Gate;
import io.headwater.trainer.evaluation.GateSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small part of the simulation: 1,000 held-out examples, with fixed seeds. */
class GateSimulationTest {
    private static final int TRIES = 500;

    private final Gate gate = new Gate(GateSettings.DEFAULT);

    @ParameterizedTest
    @ValueSource(doubles = {0.08, 0.16, 0.25})
    void a_version_truly_three_points_worse_passes_in_under_one_per_cent(double discordance) {
        for (LogLoss logLoss : LogLoss.values()) {
            assertThat(passed(new Trial(1000, 0.75, -0.03, discordance, 10, logLoss)))
                    .as(logLoss.name())
                    .isLessThan(TRIES / 100);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.08, 0.16, 0.25})
    void a_version_truly_three_points_better_passes_in_over_eighty_per_cent(double discordance) {
        assertThat(passed(new Trial(1000, 0.75, 0.03, discordance, 10, LogLoss.HONEST)))
                .isGreaterThan(TRIES * 80 / 100);
    }

    @Test
    void few_examples_pass_only_what_is_clearly_better() {
        assertThat(passed(new Trial(50, 0.6, 0.2, 0.22, 5, LogLoss.HONEST))).isGreaterThan(TRIES * 80 / 100);
        assertThat(passed(new Trial(50, 0.75, -0.03, 0.1, 5, LogLoss.HONEST))).isLessThan(TRIES / 100);
    }

    /** On 100,000 examples half a point is seen: by draws that were of other shares, equals would be rejected too. */
    @Test
    void the_simulated_versions_are_what_they_are_said_to_be() {
        Map<GateOutcome, Integer> equal = new Trial(100_000, 0.75, 0, 0.2, 2, LogLoss.HONEST).run(gate, 20, 1);
        Map<GateOutcome, Integer> halfAPointWorse =
                new Trial(100_000, 0.75, -0.005, 0.2, 2, LogLoss.HONEST).run(gate, 20, 1);

        assertThat(equal.get(GateOutcome.PASSED)).isGreaterThanOrEqualTo(16);
        assertThat(halfAPointWorse.get(GateOutcome.REJECTED)).isGreaterThanOrEqualTo(16);
    }

    private int passed(Trial trial) {
        return trial.run(gate, TRIES, 42).get(GateOutcome.PASSED);
    }
}
