package io.headwater.inference.instances;

import io.headwater.inference.rollout.Refusal;
import io.headwater.inference.rollout.RolloutState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** States of an instance. */
final class States {
    static final Instant APPLIED = Instant.parse("2026-01-01T11:00:00Z");
    static final Instant REFUSED = Instant.parse("2026-01-01T11:30:00Z");

    private States() {}

    static InstanceState serving(long generation, Integer... partitions) {
        return new InstanceState(rollout(generation, List.of()), Arrays.asList(partitions), true);
    }

    static InstanceState refusing(long serving, long refused, String reason) {
        List<Refusal> refusals = List.of(
                new Refusal(refused, reason, REFUSED, 4, Optional.of(8L)),
                new Refusal(-1, "garbage", REFUSED, 1, Optional.empty()));
        return new InstanceState(rollout(serving, refusals), List.of(), true);
    }

    static InstanceState starting() {
        return new InstanceState(
                new RolloutState(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        List.of(),
                        Optional.empty(),
                        List.of()),
                List.of(),
                false);
    }

    private static RolloutState rollout(long generation, List<Refusal> refused) {
        return new RolloutState(
                Optional.of(generation),
                Optional.of("backbone"),
                Optional.of("next"),
                Optional.of(7L),
                Optional.of(8L),
                10,
                List.of(5L, 6L),
                Optional.of(APPLIED),
                refused);
    }
}
