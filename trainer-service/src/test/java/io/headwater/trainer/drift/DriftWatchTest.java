package io.headwater.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Backbone;
import io.headwater.events.LabelledExample;
import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.events.Split;
import io.headwater.serde.EmbeddingVector;
import io.headwater.trainer.artifacts.DirectoryStore;
import io.headwater.trainer.export.HeadGraph;
import io.headwater.trainer.export.ModelMetadata;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.Versions;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.trainingset.LabelledRows;
import io.headwater.trainer.trainingset.TrainingSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftWatchTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int WIDTH = 60;
    private static final int WINDOW = 60;
    private static final int LEARNT = 60;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Backbone BACKBONE = new Backbone("b", "test", "x", 1L, 64, WIDTH, 0L);

    @TempDir
    private Path directory;

    private final Registry registry = new Registry();
    private final TrainingSet trainingSet = new TrainingSet(WIDTH);
    private DriftWatch watch;
    private int next = 50_000;

    @BeforeEach
    void begin() {
        trainingSet.begin("b", WIDTH);
        watch = watch(Runnable::run);
    }

    @Test
    void images_like_those_before_are_compared_and_are_no_drift() {
        serve(240, NOW);

        come(WINDOW, 1, 0, 1, 2);

        WindowResult result = watch.last().orElseThrow();
        assertThat(result.images()).isEqualTo(WINDOW);
        assertThat(result.reference()).isEqualTo(240);
        assertThat(result.p()).isGreaterThan(0.01);
        assertThat(result.answers().index()).isLessThan(0.1);
        assertThat(watch.sentence()).isEmpty();
        assertThat(watch.obstacle()).isEmpty();
    }

    @Test
    void another_mix_of_the_classes_is_drift_that_names_the_class() {
        serve(240, NOW);

        come(WINDOW, 1, 0, 0, 0, 0, 0, 1, 2);

        assertThat(watch.drifted()).isEqualTo(1);
        assertThat(watch.sentence().orElseThrow())
                .startsWith("The last 60 images are not like the 240 that version 12 was measured on (p = 0.00")
                .matches(".*ant is [67]\\d % of the answers instead of 3\\d %.*");
    }

    @Test
    void darker_pictures_are_drift_also_where_the_answers_are_the_same() {
        serve(240, NOW);

        come(WINDOW, 0.8f, 0, 1, 2);

        assertThat(watch.last().orElseThrow().drifted()).isTrue();
        assertThat(watch.sentence()).isPresent();
    }

    @Test
    void what_was_labelled_after_the_training_is_no_part_of_the_reference() {
        serve(240, NOW.plusSeconds(1));

        come(WINDOW, 1, 0, 1, 2);

        assertThat(watch.last()).isEmpty();
        assertThat(watch.obstacle())
                .hasValue("Version 12 was measured on 0 images; 50 are needed to compare others with.");
    }

    @Test
    void without_a_stable_version_it_waits() {
        watch.begin(BACKBONE);
        come(WINDOW, 1, 0, 1, 2);

        assertThat(watch.obstacle()).hasValue("There is no stable version yet.");
        assertThat(watch.sentence()).isEmpty();
    }

    @Test
    void drift_from_a_version_that_serves_no_more_is_not_told() {
        serve(240, NOW);
        come(WINDOW, 1, 0, 0, 0, 0, 0, 1, 2);
        assertThat(watch.sentence()).isPresent();

        ModelPublished successor = ModelPublished.newBuilder(registry.stable().orElseThrow())
                .setVersion(13)
                .build();
        rollout(successor);

        assertThat(watch.sentence()).isEmpty();
    }

    @Test
    void a_window_that_comes_while_one_is_compared_is_left_out() {
        watch = watch(task -> {});
        watch.begin(BACKBONE);

        come(2 * WINDOW + 5, 1, 0, 1, 2);

        assertThat(watch.leftOut()).isEqualTo(1);
        assertThat(watch.collected()).isEqualTo(5);
    }

    private DriftWatch watch(Executor background) {
        return new DriftWatch(
                registry, trainingSet, new DirectoryStore(directory), new DriftSettings(WINDOW, 0.01), background);
    }

    /** Images of these classes in turn, brighter by a factor. */
    private void come(int count, float factor, int... classes) {
        for (int i = 0; i < count; i++) {
            float[] vector = Embeddings.of(LABELS.get(classes[i % classes.length]), next++, WIDTH, 0.7);
            for (int k = 0; k < vector.length; k++) {
                vector[k] *= factor;
            }
            watch.embedded("image-" + next, EmbeddingVector.toBytes(vector), NOW.plusSeconds(i));
        }
    }

    /** Trains a version, and holds out so many images, labelled at a time. */
    private void serve(int heldOut, Instant labelledAt) {
        LabelledRows train = Embeddings.rows(LABELS, 60, WIDTH, 0.7, 0);
        for (int i = 0; i < heldOut + LEARNT; i++) {
            // Some of each class to learn from, so that it is one.
            boolean learnt = i >= heldOut;
            String label = LABELS.get(i % LABELS.size());
            LabelledExample example = new LabelledExample(
                    label,
                    learnt ? NOW : labelledAt,
                    "b",
                    EmbeddingVector.toBytes(Embeddings.of(label, 10_000 + i, WIDTH, 0.7)),
                    learnt ? Split.TRAIN : Split.HOLDOUT,
                    0L,
                    0L);
            trainingSet.put("example-" + i, example, new TrainingSet.Position(0, i, NOW));
        }
        var head = new HeadTrainer(Hyperparameters.DEFAULT)
                .train(train, LABELS, Optional.empty(), Cancellation.NEVER)
                .trained()
                .folded();
        ModelPublished template = Versions.of(LABELS);
        ModelMetadata metadata = new ModelMetadata(
                12,
                LABELS,
                "b",
                64,
                Optional.of(NOW),
                180,
                Optional.empty(),
                template.getMetrics(),
                Map.of(),
                Map.of(),
                template.getLineage());
        rollout(ModelPublished.newBuilder(template)
                .setBackbone("b")
                .setHead(new DirectoryStore(directory).write("models/12/head.onnx", HeadGraph.head(head, metadata)))
                .setTrainedAt(NOW)
                .build());
        watch.begin(BACKBONE);
    }

    private void rollout(ModelPublished stable) {
        registry.put(stable);
        registry.put(RolloutChanged.newBuilder()
                .setGeneration(2L)
                .setBackbone(BACKBONE)
                .setStable(new ServedModel(stable.getVersion(), stable.getLabels(), "x", "0".repeat(64), 1L))
                .setReason("test")
                .setChangedBy("test")
                .setChangedAt(NOW)
                .build());
    }
}
