package io.headwater.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.events.ClassLineage;
import io.headwater.events.Lineage;
import io.headwater.events.ModelMetrics;
import io.headwater.events.Quality;
import io.headwater.events.TrainingCause;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.backbone.QuantisedBackbone;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.Head;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.Layer;
import io.headwater.trainer.training.TrainedHead;
import io.headwater.trainer.trainingset.LabelledRows;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final List<String> LABELS = List.of("ant", "bee");
    private static final int SIZE = 64;

    private static LabelledRows rows;
    private static TrainedHead trained;
    private static byte[] backbone;

    @BeforeAll
    static void train() {
        rows = Embeddings.rows(LABELS, 60, 2432, 0.03, 0);
        trained = new HeadTrainer(Hyperparameters.DEFAULT)
                .train(rows, LABELS, Optional.empty(), Cancellation.NEVER)
                .trained();
        backbone = BackboneSource.openimages(SIZE).acquire().bytes();
    }

    @Test
    void onnx_runtime_gives_the_probabilities_of_pytorch() {
        byte[] head = HeadGraph.head(trained.folded(), metadata());
        byte[] model = HeadGraph.model(backbone, trained.folded(), metadata());

        double difference = ExportCheck.verify(head, model, trained, rows.embeddings(), rows.embeddings(), SIZE);

        assertThat(difference).isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    }

    @Test
    void onnx_runtime_gives_the_probabilities_of_pytorch_with_a_hidden_layer_too() {
        Hyperparameters hidden = new Hyperparameters(16, 5, 50, 128, 0.002f, List.of(10f), 2, 0.1f, 3, 1);
        TrainedHead deep = new HeadTrainer(hidden)
                .train(rows, LABELS, Optional.empty(), Cancellation.NEVER)
                .trained();
        byte[] head = HeadGraph.head(deep.folded(), metadata());
        byte[] model = HeadGraph.model(backbone, deep.folded(), metadata());

        double difference = ExportCheck.verify(head, model, deep, rows.embeddings(), rows.embeddings(), SIZE);

        assertThat(difference).isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    }

    @Test
    void a_head_on_an_int8_backbone_makes_a_whole_model_too() {
        BackboneFile fp32 = BackboneSource.openimages(SIZE).acquire();
        byte[] noise = new byte[SIZE * SIZE * 3];
        new Random(1).nextBytes(noise);
        byte[] int8 =
                QuantisedBackbone.of(fp32, List.of(ByteBuffer.wrap(noise))).bytes();
        byte[] head = HeadGraph.head(trained.folded(), metadata());
        byte[] model = HeadGraph.model(int8, trained.folded(), metadata());

        double difference = ExportCheck.verify(head, model, trained, rows.embeddings(), rows.embeddings(), SIZE);

        assertThat(difference).isLessThanOrEqualTo(ExportCheck.TOLERANCE);
        assertThat(model).hasSizeLessThan(int8.length + 100_000);
    }

    @Test
    void a_file_that_is_not_what_was_trained_is_refused() {
        Layer right = trained.folded().output();
        float[] weights = right.weights();
        weights[0] += 0.5f;
        Head wrong = new Head(Optional.empty(), new Layer(right.inputs(), weights, right.bias()));
        byte[] goodHead = HeadGraph.head(trained.folded(), metadata());
        byte[] badHead = HeadGraph.head(wrong, metadata());
        // Generated images are far from these examples, where one weight hardly shows: here all of them change sides.
        for (int i = 0; i < weights.length; i++) {
            weights[i] = -weights[i];
        }
        Head mirrored = new Head(Optional.empty(), new Layer(right.inputs(), weights, right.bias()));
        byte[] badModel = HeadGraph.model(backbone, mirrored, metadata());

        assertThatThrownBy(() ->
                        ExportCheck.verify(badHead, badModel, trained, rows.embeddings(), rows.embeddings(), SIZE))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("head.onnx");
        assertThatThrownBy(() ->
                        ExportCheck.verify(goodHead, badModel, trained, rows.embeddings(), rows.embeddings(), SIZE))
                .hasMessageContaining("model.onnx");
    }

    @Test
    void the_same_examples_and_version_give_the_same_bytes() {
        TrainedHead again = new HeadTrainer(Hyperparameters.DEFAULT)
                .train(rows, LABELS, Optional.empty(), Cancellation.NEVER)
                .trained();

        assertThat(HeadGraph.head(again.folded(), metadata())).isEqualTo(HeadGraph.head(trained.folded(), metadata()));
    }

    @Test
    void both_files_say_what_they_are() throws Exception {
        byte[] head = HeadGraph.head(trained.folded(), metadata());

        for (byte[] file : List.of(head, HeadGraph.model(backbone, trained.folded(), metadata()))) {
            try (OnnxModel model = new OnnxModel(file)) {
                assertThat(model.metadata())
                        .containsEntry("version", "12")
                        .containsEntry("labels", "[\"ant\",\"bee\"]")
                        .containsEntry("backbone", "abc")
                        .containsEntry("inputSize", "64")
                        .containsEntry("examplesUntil", "2026-01-01T00:00:00Z")
                        .containsEntry("trigger", "NEW_LABELS")
                        .containsEntry("start", "cold")
                        .containsEntry("hyperparameters", "{\"l2\":\"50\",\"seed\":\"42\"}")
                        .containsEntry("classes", "[{\"label\":\"ant\",\"train\":60,\"holdout\":12,\"sha256\":\"1f\"}]")
                        .containsEntry("exampleOffsets", "{\"0\":61,\"1\":60}")
                        .containsEntry("labelOffsets", "{\"0\":71,\"1\":70}")
                        .containsEntry("embeddingOffsets", "{\"0\":80}")
                        .containsEntry("libraries", "{\"java\":\"17\"}")
                        .containsEntry("examples", "120")
                        .containsEntry("parent", "11")
                        .containsEntry(
                                "metrics",
                                "{\"initial\":{\"accuracy\":0.5,\"logLoss\":0.7},"
                                        + "\"final\":{\"accuracy\":0.9,\"logLoss\":0.2},\"baselineAccuracy\":0.5}");
            }
            assertThat(ModelProto.parseFrom(file).getOpsetImportList())
                    .singleElement()
                    .satisfies(opset -> assertThat(opset.getVersion()).isEqualTo(13));
        }
    }

    @Test
    void the_model_takes_several_images_at_once() {
        try (OnnxModel model = new OnnxModel(HeadGraph.model(backbone, trained.folded(), metadata()))) {
            OnnxModel.Answer answer = model.classify(new byte[3 * SIZE * SIZE * 3], SIZE);

            assertThat(answer.probabilities()).hasDimensions(3, 2);
            assertThat(answer.embedding()).hasDimensions(3, 2432);
        }
    }

    @Test
    void the_weights_are_read_back_as_they_were_written() {
        Head read =
                HeadReader.read(HeadGraph.head(trained.folded(), metadata())).orElseThrow();

        assertThat(read.hidden()).isEmpty();
        assertThat(read.output().weights()).isEqualTo(trained.folded().output().weights());
        assertThat(read.output().bias()).isEqualTo(trained.folded().output().bias());
    }

    private static ModelMetadata metadata() {
        return new ModelMetadata(
                12,
                LABELS,
                "abc",
                SIZE,
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                120,
                Optional.of(11L),
                new ModelMetrics(new Quality(0.5, 0.7), new Quality(0.9, 0.2), 0.5, null),
                Map.of("seed", "42", "l2", "50"),
                Map.of("0", 61L, "1", 60L),
                Lineage.newBuilder()
                        .setCause(TrainingCause.NEW_LABELS)
                        .setLabelOffsets(Map.of("1", 70L, "0", 71L))
                        .setEmbeddingOffsets(Map.of("0", 80L))
                        .setClasses(List.of(new ClassLineage("ant", 60L, 12L, "1f")))
                        .setLibraries(Map.of("java", "17"))
                        .setStart("cold")
                        .setDurations(Map.of("training", 5L))
                        .build());
    }
}
