package io.headwater.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.Split;
import io.headwater.events.TrainingCause;
import io.headwater.local.broker.EmbeddedBroker;
import io.headwater.trainer.artifacts.VersionDirectories;
import io.headwater.trainer.evaluation.Gate;
import io.headwater.trainer.examples.HoldoutSplit;
import io.headwater.trainer.export.OnnxModel;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.fixture.TrainerRig;
import io.headwater.trainer.leadership.Role;
import io.headwater.trainer.registry.Publisher;
import io.headwater.trainer.training.Progress;
import io.headwater.trainer.training.Trigger;
import io.headwater.trainer.trainings.Trainings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole trainer but for REST, with a real broker, PyTorch and ONNX Runtime. */
class ControlPlaneTest {
    private static final List<String> LABELS = List.of("ant", "bee");
    private static final double DISTANCE = 0.1;

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();
    private Stream stream;

    @BeforeEach
    void open() {
        stream = new Stream(prefix);
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void the_first_start_publishes_the_backbone_and_a_later_one_keeps_it() {
        try (TrainerRig first = rig(50).start()) {
            RolloutChanged rollout = first.registry.rollout().orElseThrow();
            assertThat(rollout.getGeneration()).isEqualTo(1);
            assertThat(rollout.getStable()).isNull();
            assertThat(rollout.getBackbone().getId()).isEqualTo(TrainerRig.BACKBONE.id());
            assertThat(first.settings.store().exists(rollout.getBackbone().getUri()))
                    .isTrue();
        }

        try (TrainerRig second = rig(50).start()) {
            assertThat(second.registry.rollout().orElseThrow().getGeneration()).isEqualTo(1);
        }
        assertThat(stream.read(stream.topics().rollouts().name())).hasSize(1);
    }

    @Test
    void enough_labels_make_a_stable_version_and_a_worse_one_is_rejected() {
        try (TrainerRig rig = rig(60).start()) {
            send(0, 60, Map.of());
            rig.awaitVersion(1);

            ModelPublished first = rig.registry.model(1).orElseThrow();
            assertThat(first.getState()).isEqualTo(ModelState.STABLE);
            assertThat(first.getLabels()).containsExactly("ant", "bee");
            assertThat(first.getExamples() + first.getHoldoutExamples()).isEqualTo(60);
            assertThat(first.getMetrics().getTrained().getAccuracy())
                    .isGreaterThan(first.getMetrics().getBaselineAccuracy());
            RolloutChanged rollout = rig.registry.rollout().orElseThrow();
            assertThat(rollout.getGeneration()).isEqualTo(2);
            assertThat(rollout.getStable().getVersion()).isEqualTo(1);
            assertThat(rollout.getStable().getSha256())
                    .isEqualTo(first.getHead().getSha256());
            try (OnnxModel model = new OnnxModel(rig.settings.store().read(first.getModel()))) {
                assertThat(model.metadata()).containsEntry("version", "1").containsEntry("parent", "");
            }

            // When somebody mixes up the labels of everything that is learnt from
            send(0, 100, Map.of("ant", "bee", "bee", "ant"));
            rig.awaitVersion(2);

            ModelPublished second = rig.registry.model(2).orElseThrow();
            assertThat(second.getState()).isEqualTo(ModelState.REJECTED);
            assertThat(second.getReason()).contains("Beside version 1", "significantly worse");
            assertThat(second.getMetrics().getStable()).isNotNull();
            assertThat(second.getParent()).isEqualTo(1);
            assertThat(rig.registry.rollout().orElseThrow().getStable().getVersion())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_restart_goes_on_with_the_next_number_and_does_not_train_on_the_same_labels_again() {
        try (TrainerRig first = rig(40).start()) {
            send(0, 40, Map.of());
            first.awaitVersion(1);
        }

        try (TrainerRig second = rig(40).start()) {
            second.awaitExamples(40);
            assertThat(second.waitingLabels.now().count()).isZero();
            assertThat(second.trainingSet.size()).isEqualTo(40);

            send(40, 80, Map.of());
            second.awaitVersion(2);

            assertThat(second.registry.model(1).orElseThrow().getState()).isIn(ModelState.RETIRED, ModelState.STABLE);
            assertThat(second.registry.newest().orElseThrow().getVersion()).isEqualTo(2);
            assertThat(second.registry.model(2).orElseThrow().getParent()).isEqualTo(1);
        }
    }

    @Test
    void a_crash_between_store_and_record_leaves_no_half_version_and_its_number_is_not_used_again() {
        try (TrainerRig first = rig(1000).start()) {
            send(0, 40, Map.of());
            first.awaitExamples(40);
            // Given everything up to the record, and then nothing any more
            var backbone = first.registry.rollout().orElseThrow().getBackbone();
            new VersionTraining(
                            first.settings.hyperparameters(),
                            new Gate(first.settings.gate()),
                            first.settings.store(),
                            first.registry,
                            OtherEmbeddings.NONE,
                            first.settings.clock())
                    .run(
                            first.trainingSet.snapshot(5),
                            backbone,
                            TrainerRig.BACKBONE.bytes(),
                            new Trigger(TrainingCause.REQUESTED, "test"),
                            Progress.UNWATCHED);
            assertThat(first.settings.store().exists(VersionDirectories.uri(1, "model.onnx")))
                    .isTrue();
        }

        try (TrainerRig second = rig(40).start()) {
            second.awaitVersion(2);

            assertThat(second.registry.model(1)).isEmpty();
            assertThat(second.settings.store().exists(VersionDirectories.uri(1, "model.onnx")))
                    .isFalse();
            assertThat(second.registry.model(2).orElseThrow().getState()).isEqualTo(ModelState.STABLE);
        }
    }

    @Test
    void a_trainer_that_is_shut_out_in_the_middle_of_a_training_publishes_nothing_of_it() {
        OnceInTraining clock = new OnceInTraining();
        try (TrainerRig rig = new TrainerRig(directory, stream, prefix, 40, TestBroker.kafka(), clock);
                Publisher other = new Publisher(
                        TestBroker.kafka(), prefix + "headwater-trainer", stream.topics(), rig.settings.format())) {
            clock.trainings = rig.trainings;
            clock.action = other::open;
            rig.start();

            send(0, 40, Map.of());
            rig.awaitVersion(2);

            // It was elected all the time, so it leads again: with another number, and without the files of the first
            // try
            assertThat(rig.results).containsExactly("failed", "stable");
            assertThat(rig.registry.model(1)).isEmpty();
            assertThat(stream.read(stream.topics().models().name())).hasSize(1);
            assertThat(rig.settings.store().list("models"))
                    .contains(VersionDirectories.uri(2, "model.onnx"))
                    .allMatch(uri -> uri.startsWith("models/2/"));
            assertThat(rig.controlPlane.role()).isEqualTo(Role.LEADER);
        }
    }

    @Test
    void a_second_trainer_stands_by_and_takes_over_when_the_first_one_stops() {
        try (TrainerRig second = new TrainerRig("two", directory, stream, prefix, 40)) {
            try (TrainerRig first = rig(40).start()) {
                second.startStandby();
                send(0, 40, Map.of());
                first.awaitVersion(1);

                // It follows, decides nothing, and knows who does
                second.awaitVersion(1);
                second.awaitExamples(40);
                assertThat(second.results).isEmpty();
                assertThat(second.waitingLabels.now().count()).isZero();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> second.controlPlane.leader().equals(Optional.of("http://one")));
                assertThat(second.controlPlane.role()).isEqualTo(Role.STANDBY);
            }

            second.awaitRole(Role.LEADER);
            send(40, 80, Map.of());
            second.awaitVersion(2);
            assertThat(second.registry.model(2).orElseThrow().getParent()).isEqualTo(1);
            assertThat(second.results).hasSize(1).doesNotContain("failed");
        }
    }

    @Test
    void a_request_trains_at_once_if_there_is_enough_and_is_refused_with_the_reason_if_not() {
        try (TrainerRig rig = rig(1000).start()) {
            assertThat(rig.request("test"))
                    .isInstanceOfSatisfying(Trainings.Refused.class, refused -> assertThat(refused.reason())
                            .contains("At least 2 classes"));
            send(0, 40, Map.of());
            rig.awaitExamples(40);

            assertThat(rig.request("test")).isInstanceOf(Trainings.Accepted.class);

            rig.awaitVersion(1);
            assertThat(rig.registry.model(1).orElseThrow().getTrigger()).isEqualTo("Requested: test");
            assertThat(rig.trainings.state().last().orElseThrow().version()).isEqualTo(Optional.of(1L));
        }
    }

    @Test
    void a_cancelled_training_leaves_nothing_and_its_labels_do_not_start_another() {
        OnceInTraining clock = new OnceInTraining();
        try (TrainerRig rig = new TrainerRig(directory, stream, prefix, 40, TestBroker.kafka(), clock)) {
            clock.trainings = rig.trainings;
            clock.action = () -> rig.trainings.cancel(
                    rig.trainings.state().running().orElseThrow().id());
            rig.start();

            // When it is cancelled, with its number taken already
            send(0, 40, Map.of());
            await().atMost(Duration.ofSeconds(60)).until(() -> !rig.results.isEmpty());

            assertThat(rig.results).containsExactly("cancelled");
            assertThat(rig.settings.store().list("models")).isEmpty();
            assertThat(rig.settings.store().list("reserved")).containsExactly("reserved/1");
            assertThat(rig.waitingLabels.now().count()).isZero();

            // Then the next one, asked for, learns from the same labels
            rig.request("all the same");
            rig.awaitVersion(2);
            assertThat(rig.registry.model(1)).isEmpty();
            ModelPublished second = rig.registry.model(2).orElseThrow();
            assertThat(second.getExamples() + second.getHoldoutExamples()).isEqualTo(40);
            assertThat(rig.results).containsExactly("cancelled", "stable");
        }
    }

    @Test
    void nothing_is_decided_while_it_is_unknown_whether_a_version_was_recorded() {
        Path data = directory.resolve("broker");
        EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", 3000);
        int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
        stream.close();
        stream = new Stream(prefix, kafka);
        OnceInTraining clock = new OnceInTraining();
        try (TrainerRig rig = new TrainerRig(directory, stream, prefix, 40, kafka, clock)) {
            clock.trainings = rig.trainings;
            clock.action = broker::stop;
            rig.start();

            // When Kafka goes away between the training and its record
            send(0, 40, Map.of());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> rig.controlPlane.obstacle().orElse("").contains("not connected"));
            assertThat(rig.results).containsExactly("failed");
            broker = EmbeddedBroker.start(data, port);

            // Then it trains again only once it knows what is recorded
            rig.awaitVersion(2);
            assertThat(rig.results).containsExactly("failed", "stable");
            assertThat(rig.controlPlane.obstacle()).isEmpty();
            assertThat(stream.read(stream.topics().models().name())).hasSize(1);
            assertThat(stream.read(stream.topics().rollouts().name())).hasSize(2);
        } finally {
            broker.close();
        }
    }

    @Test
    void a_topic_that_is_not_as_it_must_be_stops_the_service() throws Exception {
        String rollouts = stream.topics().rollouts().name();
        try (Admin admin = Admin.create(TestBroker.kafka())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, rollouts),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            // The broker tells of it only once it has heard of it itself.
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, rollouts);
            await().atMost(Duration.ofSeconds(30)).until(() -> admin.describeConfigs(List.of(topic))
                    .all()
                    .get()
                    .get(topic)
                    .get("cleanup.policy")
                    .value()
                    .equals("delete"));
        }

        try (TrainerRig rig = rig(50)) {
            rig.controlPlane.start();

            await().atMost(Duration.ofSeconds(30)).until(() -> rig.refused.get() != null);
            assertThat(rig.refused.get()).hasMessageContaining(rollouts);
            assertThat(rig.controlPlane.hasEnded()).isTrue();
        }
    }

    /** A clock that does something when it is first asked for the time during a training. */
    private static final class OnceInTraining extends Clock {
        private final AtomicBoolean done = new AtomicBoolean();
        private volatile Runnable action;
        private volatile Trainings trainings;

        @Override
        public Instant instant() {
            if (trainings != null
                    && trainings.state().running().isPresent()
                    && Thread.currentThread().getName().equals("control-plane")
                    && done.compareAndSet(false, true)) {
                action.run();
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private TrainerRig rig(int minNewLabels) {
        return new TrainerRig(directory, stream, prefix, minNewLabels);
    }

    /** Labelled images; what is learnt from gets the label that {@code mixUp} has for it, what is held out its own. */
    private void send(int from, int to, Map<String, String> mixUp) {
        for (int i = from; i < to; i++) {
            String id = "image-" + i;
            String label = LABELS.get(i % LABELS.size());
            boolean learnt = HoldoutSplit.of(id) == Split.TRAIN;
            stream.embed(id, TrainerRig.BACKBONE.id(), Embeddings.of(label, i, 2432, DISTANCE));
            stream.label(id, learnt ? mixUp.getOrDefault(label, label) : label);
        }
        stream.flush();
    }
}
