package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.fixture.TrainerRig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes to {@code rollouts} what no trainer would. */
class HandWrittenRolloutTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> LABELS = List.of("ant", "bee");

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();

    @Test
    void garbage_is_passed_over_and_a_version_that_does_not_exist_gives_way_to_the_next() {
        try (Stream stream = new Stream(prefix)) {
            RolloutChanged recorded;
            try (TrainerRig rig = rig(stream).start()) {
                examples(stream, 0);
                awaitStable(rig, 1);
                recorded = rig.registry.rollout().orElseThrow();
            }
            ServedModel unknown = new ServedModel(77L, LABELS, "models/77/head.onnx", "0".repeat(64), 1L);
            RolloutChanged written = RolloutChanged.newBuilder(recorded)
                    .setGeneration(40L)
                    .setStable(unknown)
                    .setCanary(unknown)
                    .setCanaryPercentage(30)
                    .setReason("By hand.")
                    .build();
            String topic = stream.topics().rollouts().name();
            stream.raw(topic, Topics.ROLLOUT_KEY, "no rollout at all".getBytes(StandardCharsets.UTF_8));
            stream.raw(
                    topic,
                    Topics.ROLLOUT_KEY,
                    EventFormat.singleObject().serializer(RolloutChanged.class).serialize(topic, written));
            stream.raw(topic, Topics.ROLLOUT_KEY, new byte[] {(byte) 0xC3, 1, 2});

            try (TrainerRig rig = rig(stream).start()) {
                assertThat(rig.registry.rollout().orElseThrow().getGeneration()).isEqualTo(40);
                assertThat(rig.registry.stable()).isEmpty();
                examples(stream, 40);
                awaitStable(rig, 2);

                assertThat(rig.registry.rollout().orElseThrow()).satisfies(rollout -> {
                    assertThat(rollout.getGeneration()).isEqualTo(41);
                    assertThat(rollout.getStable().getVersion()).isEqualTo(2);
                    assertThat(rollout.getCanary()).isNull();
                    assertThat(rollout.getShadows()).isEmpty();
                });
                assertThat(rig.registry.newestFirst())
                        .filteredOn(model -> model.getState() == ModelState.STABLE)
                        .extracting(ModelPublished::getVersion)
                        .containsExactly(2L);
            }
        }
    }

    private TrainerRig rig(Stream stream) {
        return new TrainerRig(
                directory, stream, prefix, 40, RolloutSettings.DEFAULT.with(RolloutPolicy.SHADOW_THEN_CANARY));
    }

    private static void awaitStable(TrainerRig rig, long version) {
        await().atMost(SOON).until(() -> rig.registry
                .model(version)
                .filter(model -> model.getState() == ModelState.STABLE)
                .isPresent());
    }

    private static void examples(Stream stream, int from) {
        for (int i = from; i < from + 40; i++) {
            String label = LABELS.get(i % 2);
            stream.embed("image-" + i, TrainerRig.BACKBONE.id(), Embeddings.of(label, i, 2432, 0.1));
            stream.label("image-" + i, label);
        }
        stream.flush();
    }
}
