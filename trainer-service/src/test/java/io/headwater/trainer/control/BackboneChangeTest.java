package io.headwater.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.Backbone;
import io.headwater.events.LabelledExample;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.serde.EventFormat;
import io.headwater.topics.ConsumerGroups;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.fixture.TrainerRig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration names another backbone than is recorded. What the inference-service does is played here. */
class BackboneChangeTest {
    private static final List<String> LABELS = List.of("ant", "bee");
    private static final BackboneSource OTHER_SOURCE = BackboneSource.openimages(96);
    private static final BackboneFile OTHER = OTHER_SOURCE.acquire();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Enough that one in five can exclude that a version which is always right is 3 points worse. */
    private static final int IMAGES = 1500;

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();
    private Stream stream;

    @BeforeEach
    void a_stable_version_on_the_old_backbone() throws Exception {
        stream = new Stream(prefix);
        predicted(IMAGES);
        try (TrainerRig old = old().start()) {
            embed(0, IMAGES, TrainerRig.BACKBONE);
            label(0, IMAGES);
            old.awaitVersion(1);
            assertThat(old.registry.model(1).orElseThrow().getState()).isEqualTo(ModelState.STABLE);
        }
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void the_old_version_serves_until_one_on_the_new_backbone_has_passed_the_gate() throws Exception {
        try (TrainerRig rig = other().start()) {
            // Given a change that has begun, and images that are embedded again in part
            awaitNext(rig);
            RolloutChanged changing = rig.registry.rollout().orElseThrow();
            Backbone next = changing.getNextBackbone();
            assertThat(next.getId()).isEqualTo(OTHER.id());
            assertThat(next.getChange()).isEqualTo(changing.getGeneration());
            assertThat(changing.getStable().getVersion()).isEqualTo(1);
            assertThat(rig.settings.store().exists(next.getUri())).isTrue();
            embed(0, IMAGES / 2, OTHER);
            embeddedAgain(next.getChange(), IMAGES / 2);
            rig.awaitExamples(IMAGES / 2);
            await().atMost(PATIENCE).until(() -> waiting(rig).contains(IMAGES / 2 + " images have yet to be embedded"));
            assertThat(rig.registry.newest().orElseThrow().getVersion()).isEqualTo(1);

            // When all are, but for one that is no longer there
            embed(IMAGES / 2, IMAGES - 1, OTHER);
            // Before it may train: what comes during a training would wait for the next.
            rig.awaitExamples(IMAGES - 1);
            embeddedAgain(next.getChange(), IMAGES);

            // Then
            rig.awaitVersion(2);
            ModelPublished version = rig.registry.model(2).orElseThrow();
            assertThat(version.getState()).isEqualTo(ModelState.STABLE);
            assertThat(version.getBackbone()).isEqualTo(OTHER.id());
            assertThat(version.getBackboneChange()).isEqualTo(next.getChange());
            assertThat(version.getTrigger()).contains("openimages at 96 pixels");
            // It was compared with the old one on the same images, each as its own backbone sees them.
            assertThat(version.getMetrics().getStable()).isNotNull();
            RolloutChanged rollout = rig.registry.rollout().orElseThrow();
            assertThat(rollout.getGeneration()).isEqualTo(changing.getGeneration() + 1);
            assertThat(rollout.getBackbone()).isEqualTo(next);
            assertThat(rollout.getNextBackbone()).isNull();
            assertThat(rollout.getStable().getVersion()).isEqualTo(2);
            assertThat(rig.registry.model(1).orElseThrow().getState()).isEqualTo(ModelState.RETIRED);
            assertThat(backbones(next.getChange())).containsOnly(OTHER.id());
            assertThat(backbones(0)).containsOnly(TrainerRig.BACKBONE.id());
        }

        // And a restart goes on with it
        try (TrainerRig rig = other().start()) {
            assertThat(rig.registry.rollout().orElseThrow().getStable().getVersion())
                    .isEqualTo(2);
            rig.awaitExamples(IMAGES - 1);
            assertThat(rig.waitingLabels.now().count()).isZero();
        }
    }

    @Test
    void a_change_goes_on_after_a_restart_and_can_be_given_up_without_losing_an_example() throws Exception {
        long change;
        try (TrainerRig rig = other().start()) {
            awaitNext(rig);
            change = rig.registry.rollout().orElseThrow().getNextBackbone().getChange();
            embed(0, 100, OTHER);
            rig.awaitExamples(100);
        }
        try (TrainerRig rig = other().start()) {
            rig.awaitExamples(100);
            assertThat(rig.registry.rollout().orElseThrow().getNextBackbone().getChange())
                    .isEqualTo(change);
        }

        // When
        try (TrainerRig rig = old().start()) {
            await().atMost(PATIENCE)
                    .until(() -> rig.registry.rollout().orElseThrow().getNextBackbone() == null);

            // Then
            rig.awaitExamples(IMAGES);
            assertThat(rig.waitingLabels.now().count()).isZero();
            assertThat(rig.registry.rollout().orElseThrow().getStable().getVersion())
                    .isEqualTo(1);
        }
        assertThat(stream.read(stream.topics().models().name())).hasSize(1);
    }

    private TrainerRig old() {
        return new TrainerRig(directory, stream, prefix, IMAGES);
    }

    private TrainerRig other() {
        return new TrainerRig(directory, stream, prefix, IMAGES, OTHER_SOURCE);
    }

    private static void awaitNext(TrainerRig rig) {
        await().atMost(PATIENCE)
                .until(() -> rig.registry.rollout().orElseThrow().getNextBackbone() != null);
    }

    private static String waiting(TrainerRig rig) {
        return rig.trainings.state().waitingFor();
    }

    private void label(int from, int to) {
        for (int i = from; i < to; i++) {
            stream.label("image-" + i, LABELS.get(i % LABELS.size()));
        }
        stream.flush();
    }

    private void embed(int from, int to, BackboneFile backbone) {
        for (int i = from; i < to; i++) {
            float[] vector = Embeddings.of(LABELS.get(i % LABELS.size()), i, backbone.dimension(), 0.3);
            stream.embed("image-" + i, backbone.id(), vector);
        }
        stream.flush();
    }

    private void predicted(int images) throws Exception {
        commit(ConsumerGroups.inference(prefix), images);
    }

    private void embeddedAgain(long change, int images) throws Exception {
        commit(ConsumerGroups.reembedding(ConsumerGroups.inference(prefix), change), images);
    }

    private void commit(String group, int images) throws Exception {
        TopicPartition partition = new TopicPartition(stream.topics().images().name(), 0);
        try (Admin admin = Admin.create(TestBroker.kafka())) {
            admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(images)))
                    .all()
                    .get();
        }
    }

    private List<String> backbones(long change) {
        var deserializer = EventFormat.singleObject().deserializer(LabelledExample.class);
        String topic = stream.topics().examples(change).name();
        return stream.read(topic).stream()
                .map(entry -> deserializer.deserialize(topic, entry.value()).getBackbone())
                .toList();
    }
}
