package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.GateOutcome;
import io.headwater.events.ModelState;
import io.headwater.events.ServedModel;
import java.time.Duration;

/** A stable version 1 and version 2 on trial beside it. */
abstract class OnTrial {
    static final Duration STEP = Duration.ofMinutes(1);

    final World world = new World(RolloutSettings.DEFAULT);

    final void stableAndShadow() {
        world.arrives(GateOutcome.PASSED);
        world.arrives(GateOutcome.PASSED);
        assertThat(world.state(2)).isEqualTo(ModelState.SHADOW);
        assertThat(world.rollout().getShadows())
                .extracting(ServedModel::getVersion)
                .containsExactly(2L);
    }

    final void canary() {
        world.later(STEP);
        world.evidence = good();
        world.settle();
        assertCanary(10);
    }

    final void assertCanary(int percentage) {
        assertThat(world.state(2)).isEqualTo(ModelState.CANARY);
        assertThat(world.rollout().getCanary().getVersion()).isEqualTo(2);
        assertThat(world.rollout().getCanaryPercentage()).isEqualTo(percentage);
        // Both answer every image
        assertThat(world.rollout().getShadows())
                .extracting(ServedModel::getVersion)
                .startsWith(2L, 1L);
    }

    final Evidence good() {
        return world.trial(world.pair(2, 1, 46, 25, 629));
    }

    final Evidence bad() {
        return world.trial(world.pair(2, 1, 10, 60, 630));
    }
}
