package io.headwater.trainer.suspects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.Lineage;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.Quality;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.artifacts.DirectoryStore;
import io.headwater.trainer.export.HeadGraph;
import io.headwater.trainer.export.ModelMetadata;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.TrainingCancelledException;
import io.headwater.trainer.trainingset.LabelledRows;
import io.headwater.trainer.trainingset.TrainingData;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspectSearchTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int WIDTH = 60;
    private static final int ONE_IN = 10;

    @TempDir
    private Path directory;

    private final Set<String> flippedIds = new HashSet<>();
    private TrainingData data;
    private ModelPublished version;
    private SuspectSearch search;

    @BeforeEach
    void train() {
        LabelledRows train = flipped(Embeddings.rows(LABELS, 100, WIDTH, 0.5, 0));
        LabelledRows holdout = flipped(Embeddings.rows(LABELS, 40, WIDTH, 0.5, 10_000));
        data = new TrainingData(LABELS, train, holdout, Map.of(), Map.of(), Map.of(), 0, Optional.of(NOW), () -> {});
        ArtifactStore store = new DirectoryStore(directory);
        HeadTrainer.Result result =
                new HeadTrainer(Hyperparameters.DEFAULT).train(train, LABELS, Optional.empty(), Cancellation.NEVER);
        version = version(store, result);
        search = new SuspectSearch(Hyperparameters.DEFAULT, store, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private LabelledRows flipped(LabelledRows clean) {
        List<String> labels = new ArrayList<>(clean.labels());
        for (int i = 0; i < labels.size(); i += ONE_IN) {
            labels.set(i, LABELS.get((LABELS.indexOf(labels.get(i)) + 1) % LABELS.size()));
            flippedIds.add(clean.ids().get(i));
        }
        return new LabelledRows(clean.embeddings(), labels, clean.ids());
    }

    private static ModelPublished version(ArtifactStore store, HeadTrainer.Result result) {
        ModelMetrics metrics = new ModelMetrics(new Quality(0.3, 1.1), new Quality(0.9, 0.3), 0.3, null);
        ModelMetadata metadata = new ModelMetadata(
                7,
                LABELS,
                "abc",
                64,
                Optional.of(NOW),
                300,
                Optional.empty(),
                metrics,
                Map.of(),
                Map.of(),
                Lineage.newBuilder()
                        .setLabelOffsets(Map.of())
                        .setEmbeddingOffsets(Map.of())
                        .setClasses(List.of())
                        .setLibraries(Map.of())
                        .setStart("cold")
                        .setDurations(Map.of())
                        .build());
        var head = store.write(
                "models/7/head.onnx", HeadGraph.head(result.trained().folded(), metadata));
        return ModelPublished.newBuilder()
                .setVersion(7)
                .setState(ModelState.STABLE)
                .setReason("r")
                .setModel(head)
                .setHead(head)
                .setBackbone("abc")
                .setLabels(LABELS)
                .setExamples(300)
                .setHoldoutExamples(120)
                .setMetrics(metrics)
                .setTrigger("t")
                .setExampleOffsets(Map.of())
                .setHyperparameters(result.summary().hyperparameters())
                .setTrainedAt(NOW)
                .build();
    }

    @Test
    void most_flipped_labels_of_both_sides_are_listed_and_few_others() {
        Suspicions found = search.search(data, version, Cancellation.NEVER);

        List<String> ids = found.suspects().stream().map(Suspect::id).toList();
        long right = ids.stream().filter(flippedIds::contains).count();
        assertThat(right).isGreaterThanOrEqualTo(Math.round(0.67 * flippedIds.size()));
        assertThat(right).isGreaterThanOrEqualTo(Math.round(0.6 * ids.size()));
        assertThat(found.suspects()).extracting(Suspect::split).contains("train", "holdout");
        assertThat(found.version()).isEqualTo(7);
        assertThat(found.computedAt()).isEqualTo(NOW);
        assertThat(found.examples()).isEqualTo(420);
    }

    @Test
    void a_suspect_says_what_it_is_and_what_it_should_be() {
        Suspect first =
                search.search(data, version, Cancellation.NEVER).suspects().get(0);

        assertThat(flippedIds).contains(first.id());
        assertThat(first.id()).startsWith(first.suggestedLabel());
        assertThat(first.label()).isNotEqualTo(first.suggestedLabel());
        assertThat(first.margin()).isEqualTo(first.suggestedProbability() - first.probability());
        assertThat(first.margin()).isBetween(0.3f, 1f);
    }

    @Test
    void the_holdout_is_answered_by_names_when_the_classes_have_changed_since() {
        version = ModelPublished.newBuilder(version)
                .setLabels(List.of("dog", "cow", "bee"))
                .build();

        List<Suspect> suspects =
                search.search(data, version, Cancellation.NEVER).suspects();

        // The head's first class, ant, now goes by a name that nobody has; bee and cow have changed places.
        assertThat(suspects.stream()
                        .filter(suspect -> suspect.split().equals("holdout"))
                        .map(Suspect::suggestedLabel))
                .isNotEmpty()
                .doesNotContain("ant");
    }

    @Test
    void gives_way_at_once() {
        assertThatThrownBy(() -> search.search(data, version, () -> true))
                .isInstanceOf(TrainingCancelledException.class);
    }
}
