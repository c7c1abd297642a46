package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.events.InstanceReported;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.events.Split;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.examples.HoldoutSplit;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.fixture.TrainerRig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole trainer but for REST, with a real broker, restarted at each step: all that it knows is in the topics. */
class RolloutsOnKafkaTest {
    private static final List<String> LABELS = List.of("ant", "bee");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final RolloutSettings SETTINGS = new RolloutSettings(
            RolloutPolicy.SHADOW_THEN_CANARY,
            List.of(50),
            Duration.ZERO,
            10,
            0.02,
            0.01,
            3,
            0.01,
            Duration.ofMillis(5),
            0.5,
            0.25,
            0.2,
            Duration.ofDays(1),
            Duration.ofHours(1),
            Duration.ofHours(1));

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();
    private Stream stream;
    private int images;

    @BeforeEach
    void open() {
        stream = new Stream(prefix);
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void a_version_goes_live_by_its_labels_and_comes_back_by_them_through_restarts() {
        try (TrainerRig rig = rig().start()) {
            examples(40);
            awaitState(rig, 1, ModelState.STABLE);
            examples(40);
            awaitState(rig, 2, ModelState.SHADOW);
        }
        assertThat(lastRollout()).satisfies(rollout -> {
            assertThat(rollout.getStable().getVersion()).isEqualTo(1);
            assertThat(rollout.getShadows()).extracting(ServedModel::getVersion).containsExactly(2L);
        });

        // The labels say: what the shadow would have said is right more often
        try (TrainerRig rig = rig().start()) {
            reported(3);
            predicted(60, 1, 2, 3);
            awaitState(rig, 2, ModelState.CANARY);
            // An image that nobody labels: both agree on it
            stream.predict("unlabelled", 1, "ant", Map.of(2L, "ant"));
            await().atMost(SOON).until(() -> rig.rollouts
                    .evidence()
                    .flatMap(Evidence::traffic)
                    .filter(traffic -> traffic.images() == 1 && traffic.agreement() == 1)
                    .isPresent());
        }
        assertThat(lastRollout()).satisfies(rollout -> {
            assertThat(rollout.getCanary().getVersion()).isEqualTo(2);
            assertThat(rollout.getCanaryPercentage()).isEqualTo(50);
            assertThat(rollout.getShadows()).extracting(ServedModel::getVersion).containsExactly(2L, 1L);
            assertThat(rollout.getReason()).contains("right on", "evidence");
        });

        try (TrainerRig rig = rig().start()) {
            predicted(20, 1, 2, 3);
            // It waits for the data plane
            await().atMost(SOON).until(() -> rig.rollouts
                    .decide()
                    .filter(decision -> decision.reason().contains("don't serve this generation yet: one"))
                    .isPresent());
            reported(4);
            awaitState(rig, 2, ModelState.STABLE);
            assertThat(rig.registry.model(1).orElseThrow().getState()).isEqualTo(ModelState.RETIRED);
        }
        assertThat(lastRollout().getShadows())
                .extracting(ServedModel::getVersion)
                .containsExactly(1L);

        // And now it is wrong where its predecessor would be right
        try (TrainerRig rig = rig().start()) {
            predicted(300, 2, 1, 3);
            awaitState(rig, 2, ModelState.ROLLED_BACK);

            RolloutChanged rollout = rig.registry.rollout().orElseThrow();
            assertThat(rollout.getStable().getVersion()).isEqualTo(1);
            assertThat(rollout.getReason())
                    .startsWith("Version 2 is rolled back, version 1 is stable again. Beside version 1");
            assertThat(rollout.getCooldownUntil()).isAfter(rollout.getChangedAt());
            await().atMost(SOON).until(() -> rig.registry.history().size() == rollout.getGeneration());
            assertThat(rig.registry.history())
                    .extracting(RolloutChanged::getGeneration)
                    .containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
        }
    }

    @Test
    void what_somebody_does_by_hand_is_recorded_once_and_only_at_the_generation_that_was_seen() {
        try (TrainerRig rig = rig().start()) {
            examples(40);
            awaitState(rig, 1, ModelState.STABLE);
            examples(40);
            awaitState(rig, 2, ModelState.SHADOW);
            long seen = rig.registry.rollout().orElseThrow().getGeneration();

            assertThat(rig.rollouts.command(new Move.Promote(2), "alice", "I know it.", OptionalLong.of(seen)))
                    .isTrue();
            // Again, since no answer had come
            assertThat(rig.rollouts.command(new Move.Promote(2), "alice", "I know it.", OptionalLong.of(seen)))
                    .isFalse();
            assertThatThrownBy(
                            () -> rig.rollouts.command(new Move.Rollback(), "bob", "I don't.", OptionalLong.of(seen)))
                    .isInstanceOf(StaleGenerationException.class);

            RolloutChanged rollout = rig.registry.rollout().orElseThrow();
            assertThat(rollout.getGeneration()).isEqualTo(seen + 1);
            assertThat(rollout.getChangedBy()).isEqualTo("alice");
            assertThat(rollout.getReason()).isEqualTo("Version 2 is stable. I know it.");

            // When the files of its predecessor are gone there is no way back
            rig.settings
                    .store()
                    .delete(rig.registry.model(1).orElseThrow().getHead().getUri());
            assertThatThrownBy(() -> rig.rollouts.command(new Move.Rollback(), "bob", "Back.", OptionalLong.empty()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("files of version 1");
        }
    }

    /** The only instance of the inference-service serves a generation. */
    private void reported(long generation) {
        InstanceReported report = InstanceReported.newBuilder()
                .setGeneration(generation)
                .setStartedAt(Instant.now())
                .setReportedAt(Instant.now())
                .setHeartbeatMillis(600_000)
                .build();
        String topic = stream.topics().instances().name();
        stream.raw(
                topic,
                "one",
                EventFormat.singleObject().serializer(InstanceReported.class).serialize(topic, report));
    }

    private TrainerRig rig() {
        return new TrainerRig(directory, stream, prefix, 40, SETTINGS);
    }

    private static void awaitState(TrainerRig rig, long version, ModelState state) {
        await().atMost(SOON).until(() -> rig.registry
                .model(version)
                .filter(model -> model.getState() == state)
                .isPresent());
    }

    private RolloutChanged lastRollout() {
        var records = stream.read(stream.topics().rollouts().name());
        return EventFormat.singleObject()
                .deserializer(RolloutChanged.class)
                .deserialize("", records.get(records.size() - 1).value());
    }

    /** Images to learn from. */
    private void examples(int count) {
        for (int i = 0; i < count; i++, images++) {
            String label = LABELS.get(images % 2);
            stream.embed("image-" + images, TrainerRig.BACKBONE.id(), Embeddings.of(label, images, 2432, 0.1));
            stream.label("image-" + images, label);
        }
        stream.flush();
    }

    /** Labelled images, nothing to learn from; one in {@code every} is answered right by the shadow only, the others by both. */
    private void predicted(int count, long served, long shadow, int every) {
        int sampled = 0;
        for (; sampled < count; images++) {
            if (HoldoutSplit.of("live-" + images) != Split.HOLDOUT) {
                // Only the random sample counts.
                continue;
            }
            String truth = LABELS.get(images % 2);
            String wrong = LABELS.get((images + 1) % 2);
            stream.predict("live-" + images, served, sampled++ % every == 0 ? wrong : truth, Map.of(shadow, truth));
            stream.label("live-" + images, truth);
        }
        stream.flush();
    }
}
