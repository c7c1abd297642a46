package io.headwater.trainer.quality;

import static io.headwater.trainer.quality.Events.NOON;
import static io.headwater.trainer.quality.Events.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.events.RolloutTrial;
import io.headwater.events.ServedModel;
import io.headwater.trainer.registry.Registry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Registry registry = new Registry();
    private final LiveQuality live = new LiveQuality();
    private final VersionMeters own = new VersionMeters(meters, registry, live, QualitySettings.DEFAULT);

    @Test
    void the_versions_in_play_are_told_by_their_parts() {
        live.put("1", judged("cat", 7, "cat", "dog", NOON));
        live.put("2", judged("dog", 7, "cat", "dog", NOON));
        live.put("3", judged("dog", 7, "dog", "dog", NOON));
        registry.put(rollout(7, 8));

        assertThat(version("stable")).isEqualTo(7);
        assertThat(version("trial")).isEqualTo(8);
        assertThat(version("previous")).isNaN();
        assertThat(told("images", "stable", "served")).isEqualTo(3);
        assertThat(told("accuracy", "stable", "served")).isEqualTo(2 / 3.0);
        assertThat(told("recall", "stable", "served")).isEqualTo(0.5);
        // Where it was wrong, the true label had what the answer's 0.75 left over at most
        assertThat(told("log.loss", "stable", "served"))
                .isCloseTo(-(2 * Math.log(0.75) + Math.log(0.25)) / 3, within(1e-6));
        assertThat(told("accuracy", "trial", "shadow")).isEqualTo(2 / 3.0);
        assertThat(told("recall", "trial", "shadow")).isZero();
        assertThat(told("accuracy", "trial", "served")).isNaN();
        assertThat(told("log.loss", "trial", "served")).isNaN();
        assertThat(told("images", "failed", "served")).isNaN();
    }

    @Test
    void what_the_versions_are_changes_no_series_but_what_they_say() {
        registry.put(rollout(7, 8));
        int series = meters.getMeters().size();
        live.put("1", judged("cat", 7, "cat", "dog", NOON));
        assertThat(told("accuracy", "stable", "served")).isEqualTo(1);

        registry.put(rollout(8, 9));
        live.put("2", judged("cat", 8, "dog", "dog", NOON));

        assertThat(version("stable")).isEqualTo(8);
        assertThat(told("accuracy", "stable", "served")).isZero();
        assertThat(meters.getMeters()).hasSize(series);
    }

    private double version(String part) {
        return meters.get("headwater.quality.version").tag("part", part).gauge().value();
    }

    private double told(String what, String part, String answers) {
        return meters.get("headwater.quality.version." + what)
                .tag("part", part)
                .tag("answers", answers)
                .gauge()
                .value();
    }

    private static RolloutChanged rollout(long stable, long trial) {
        return RolloutChanged.newBuilder()
                .setGeneration(stable)
                .setBackbone(new Backbone("b", "test", "x", 1L, 64, 3, 0L))
                .setStable(new ServedModel(stable, List.of("cat", "dog"), "x", "0".repeat(64), 1L))
                .setTrial(new RolloutTrial(trial, NOON, NOON))
                .setReason("test")
                .setChangedBy("test")
                .setChangedAt(NOON)
                .build();
    }
}
