package io.headwater.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.events.Backbone;
import io.headwater.events.ClassLineage;
import io.headwater.events.GateOutcome;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.TrainingCause;
import io.headwater.trainer.artifacts.DirectoryStore;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.evaluation.Gate;
import io.headwater.trainer.evaluation.GateSettings;
import io.headwater.trainer.export.OnnxModel;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.TrainerRig;
import io.headwater.trainer.registry.Publication;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.rollouts.Controller;
import io.headwater.trainer.rollouts.Situation;
import io.headwater.trainer.rollouts.Transitions;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.Progress;
import io.headwater.trainer.training.Trigger;
import io.headwater.trainer.trainings.TrainingState;
import io.headwater.trainer.trainingset.LabelledRows;
import io.headwater.trainer.trainingset.TrainingData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of real trainings, without Kafka. */
class VersionTrainingTest {
    private static final BackboneFile FILE = BackboneSource.openimages(64).acquire();
    private static final Backbone BACKBONE = Backbone.newBuilder()
            .setId(FILE.id())
            .setName("openimages")
            .setUri("backbones/" + FILE.id() + ".onnx")
            .setSize(FILE.bytes().length)
            .setInputSize(64)
            .setDimension(2432)
            .build();
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> LABELS = List.of("ant", "bee");

    @TempDir
    Path directory;

    @Test
    void the_same_examples_give_the_same_files_at_any_time() {
        ModelPublished first = training("a", new Registry(), NOW)
                .run(data(0.1, 30, 6), BACKBONE, FILE.bytes(), trigger("one"), Progress.UNWATCHED);
        ModelPublished second = training("b", new Registry(), NOW.plus(Duration.ofDays(3)))
                .run(data(0.1, 30, 6), BACKBONE, FILE.bytes(), trigger("two"), Progress.UNWATCHED);

        assertThat(second.getTrainedAt()).isNotEqualTo(first.getTrainedAt());
        assertThat(second.getHead().getSha256()).isEqualTo(first.getHead().getSha256());
        assertThat(second.getModel().getSha256()).isEqualTo(first.getModel().getSha256());
    }

    @Test
    void one_other_example_gives_other_files() {
        ModelPublished first = training("a", new Registry(), NOW)
                .run(data(0.1, 30, 6), BACKBONE, FILE.bytes(), trigger(""), Progress.UNWATCHED);
        ModelPublished second = training("b", new Registry(), NOW)
                .run(data(0.1, 31, 6), BACKBONE, FILE.bytes(), trigger(""), Progress.UNWATCHED);

        assertThat(second.getHead().getSha256()).isNotEqualTo(first.getHead().getSha256());
    }

    @Test
    void the_record_and_the_files_say_where_it_comes_from() {
        ModelPublished version = training("a", new Registry(), NOW)
                .run(data(0.1, 30, 6), BACKBONE, FILE.bytes(), trigger("why"), Progress.UNWATCHED);

        assertThat(version.getTrigger()).isEqualTo("why");
        assertThat(version.getLineage().getCause()).isEqualTo(TrainingCause.REQUESTED);
        assertThat(version.getLineage().getLabelOffsets()).containsEntry("0", 71L);
        assertThat(version.getLineage().getEmbeddingOffsets()).containsEntry("0", 81L);
        assertThat(version.getLineage().getClasses())
                .extracting(ClassLineage::getLabel, ClassLineage::getTrain, ClassLineage::getHoldout)
                .containsExactly(tuple("ant", 30L, 6L), tuple("bee", 30L, 6L));
        assertThat(version.getLineage().getClasses())
                .allSatisfy(one -> assertThat(one.getSha256()).hasSize(64));
        assertThat(version.getLineage().getLibraries())
                .containsKeys("headwater", "java", "djl", "pytorch", "onnxruntime", "tribuo", "kafka")
                .allSatisfy((name, number) -> assertThat(number).matches("[0-9]+\\.[0-9]+.*"));
        assertThat(version.getLineage().getDurations()).containsKeys("measuring", "exporting", "storing");
        assertThat(version.getLineage().getStart()).isEqualTo("cold");
        for (byte[] file :
                List.of(store("a").read(version.getHead()), store("a").read(version.getModel()))) {
            try (OnnxModel model = new OnnxModel(file)) {
                assertThat(model.metadata())
                        .containsEntry("examplesUntil", "2026-01-01T00:00:00Z")
                        .containsEntry("labelOffsets", "{\"0\":71}")
                        .hasEntrySatisfying("classes", classes -> assertThat(classes)
                                .contains(
                                        version.getLineage().getClasses().get(0).getSha256()));
            }
        }
    }

    @Test
    void its_model_card_is_beside_its_files() {
        ModelPublished version = training("a", new Registry(), NOW)
                .run(data(0.1, 30, 6), BACKBONE, FILE.bytes(), trigger("why <b>"), Progress.UNWATCHED);

        assertThat(version.getCard().getUri()).isEqualTo("models/1/MODEL_CARD.md");
        assertThat(new String(store("a").read(version.getCard()), StandardCharsets.UTF_8))
                .contains(
                        "version 1",
                        "| trigger | why \\<b\\> |",
                        version.getModel().getSha256(),
                        "2026-01-02T03:04:05Z");
    }

    @Test
    void twenty_pictures_of_two_clearly_different_classes_become_a_stable_version() {
        ModelPublished version = training("a", new Registry(), NOW)
                .run(data(0.3, 8, 2), BACKBONE, FILE.bytes(), trigger(""), Progress.UNWATCHED);

        assertThat(version.getState()).isEqualTo(ModelState.STABLE);
        assertThat(version.getGate().getOutcome()).isEqualTo(GateOutcome.PASSED);
        assertThat(version.getGate().getReason()).contains("On 20 examples");
        assertThat(version.getEvaluation().getAccuracy().getHigh()).isEqualTo(1);
        assertThat(version.getComparison()).isNull();
    }

    @Test
    void classes_that_are_alike_are_nothing_to_serve() {
        ModelPublished version = training("a", new Registry(), NOW)
                .run(data(0, 30, 10), BACKBONE, FILE.bytes(), trigger(""), Progress.UNWATCHED);

        assertThat(version.getState()).isIn(ModelState.REJECTED, ModelState.CANDIDATE);
        assertThat(version.getReason()).isEqualTo(version.getGate().getReason());
    }

    @Test
    void a_version_like_the_one_that_serves_is_a_candidate_on_few_examples() {
        Registry registry = new Registry();
        VersionTraining training = training("a", registry, NOW);
        ModelPublished first = training.run(data(0.1, 30, 6), BACKBONE, FILE.bytes(), trigger(""), Progress.UNWATCHED);
        serve(registry, first);

        ModelPublished second = training.run(data(0.1, 30, 6), BACKBONE, FILE.bytes(), trigger(""), Progress.UNWATCHED);

        assertThat(second.getVersion()).isEqualTo(2);
        assertThat(second.getState()).isEqualTo(ModelState.CANDIDATE);
        assertThat(second.getComparison().getVersion()).isEqualTo(1);
        assertThat(second.getComparison().getExamples()).isEqualTo(12);
        assertThat(second.getComparison().getPValue()).isEqualTo(1);
        assertThat(second.getMetrics().getStable().getAccuracy())
                .isEqualTo(first.getMetrics().getTrained().getAccuracy());
        assertThat(TrainingState.of(second)).isEqualTo(TrainingState.INCONCLUSIVE);
        assertThat(arrival(second, registry.rollout().orElseThrow(), first))
                .isEqualTo(new Publication(List.of(second), Optional.empty()));
    }

    @Test
    void a_version_is_not_compared_with_one_of_another_backbone() {
        Registry registry = new Registry();
        VersionTraining training = training("a", registry, NOW);
        ModelPublished first = ModelPublished.newBuilder(
                        training.run(data(0.1, 30, 6), BACKBONE, FILE.bytes(), trigger(""), Progress.UNWATCHED))
                .setBackbone("another")
                .build();
        serve(registry, first);

        ModelPublished second = training.run(data(0.1, 30, 6), BACKBONE, FILE.bytes(), trigger(""), Progress.UNWATCHED);

        assertThat(second.getState()).isEqualTo(ModelState.CANDIDATE);
        assertThat(second.getComparison()).isNull();
        assertThat(second.getMetrics().getStable()).isNull();
    }

    @Test
    void nothing_is_made_of_examples_of_which_none_is_held_out() {
        assertThatThrownBy(() -> training("a", new Registry(), NOW)
                        .run(data(0.1, 30, 0), BACKBONE, FILE.bytes(), trigger(""), Progress.UNWATCHED))
                .hasMessageContaining("None of the 60 labelled pictures is held out");
        assertThat(store("a").list("models")).isEmpty();
    }

    private static Trigger trigger(String sentence) {
        return new Trigger(TrainingCause.REQUESTED, sentence);
    }

    private static void serve(Registry registry, ModelPublished version) {
        registry.put(version);
        RolloutChanged present = RolloutChanged.newBuilder()
                .setGeneration(1)
                .setBackbone(Backbone.newBuilder(BACKBONE)
                        .setId(version.getBackbone())
                        .build())
                .setReason("test")
                .setChangedBy("test")
                .setChangedAt(NOW)
                .build();
        registry.put(arrival(version, present).rollout().orElseThrow());
    }

    private static Publication arrival(ModelPublished version, RolloutChanged present, ModelPublished... recorded) {
        return new Transitions(TrainerRig.AT_ONCE)
                .arrival(Situation.of(present, List.of(recorded)), version, new Controller(TrainerRig.AT_ONCE), NOW);
    }

    private VersionTraining training(String store, Registry registry, Instant now) {
        return new VersionTraining(
                Hyperparameters.DEFAULT,
                new Gate(GateSettings.DEFAULT),
                store(store),
                registry,
                OtherEmbeddings.NONE,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private DirectoryStore store(String name) {
        return new DirectoryStore(directory.resolve(name));
    }

    private static TrainingData data(double distance, int trainPerClass, int holdoutPerClass) {
        LabelledRows train = Embeddings.rows(LABELS, trainPerClass, 2432, distance, 0);
        LabelledRows holdout = Embeddings.rows(LABELS, holdoutPerClass, 2432, distance, 1000);
        return new TrainingData(
                LABELS,
                train,
                holdout,
                Map.of(0, 61L),
                Map.of(0, 71L),
                Map.of(0, 81L),
                0,
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                () -> {});
    }
}
