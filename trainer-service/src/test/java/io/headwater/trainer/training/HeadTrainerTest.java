package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Quality;
import io.headwater.trainer.evaluation.Evaluation;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadTrainerTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");

    private final HeadTrainer trainer = new HeadTrainer(Hyperparameters.DEFAULT);

    @Test
    void learns_to_tell_classes_apart_that_it_could_not_before() {
        LabelledRows holdout = Embeddings.rows(LABELS, 50, 60, 0.6, 5_000);

        HeadTrainer.Result result =
                trainer.train(Embeddings.rows(LABELS, 60, 60, 0.6, 0), LABELS, Optional.empty(), Cancellation.NEVER);

        assertThat(quality(result.initial(), holdout).getAccuracy()).isLessThan(0.6);
        assertThat(quality(result.trained(), holdout).getAccuracy()).isGreaterThan(0.9);
        assertThat(quality(result.trained(), holdout).getLogLoss())
                .isLessThan(quality(result.initial(), holdout).getLogLoss());
    }

    @Test
    void the_same_examples_give_the_same_head_bit_for_bit() {
        LabelledRows rows = Embeddings.rows(LABELS, 100, 60, 0.3, 0);

        Layer first = train(rows, LABELS).trained().folded().output();
        Layer second = train(rows, LABELS).trained().folded().output();

        assertThat(second.weights()).containsExactly(first.weights());
        assertThat(second.bias()).containsExactly(first.bias());
    }

    @Test
    void a_class_of_few_examples_is_not_drowned_by_a_large_one() {
        LabelledRows large = Embeddings.rows(List.of("ant"), 300, 60, 0.6, 0);
        LabelledRows small = Embeddings.rows(List.of("bee"), 10, 60, 0.6, 0);
        EmbeddingMatrix both = new EmbeddingMatrix(60);
        for (LabelledRows part : List.of(large, small)) {
            for (int i = 0; i < part.size(); i++) {
                float[] vector = new float[60];
                part.embeddings().read(i, vector, 0);
                both.append(vector);
            }
        }
        LabelledRows rows = new LabelledRows(
                both,
                java.util.stream.Stream.concat(large.labels().stream(), small.labels().stream())
                        .toList(),
                java.util.stream.Stream.concat(large.ids().stream(), small.ids().stream())
                        .toList());

        TrainedHead head = train(rows, List.of("ant", "bee")).trained();

        LabelledRows bees = Embeddings.rows(List.of("bee"), 50, 60, 0.6, 9_000);
        assertThat(quality(head, bees).getAccuracy()).isGreaterThan(0.8);
    }

    @Test
    void answers_every_example_by_a_head_that_never_saw_it() {
        LabelledRows clean = Embeddings.rows(LABELS, 40, 60, 0.6, 0);
        List<String> flipped = new ArrayList<>(clean.labels());
        flipped.set(7, flipped.get(7).equals("ant") ? "bee" : "ant");
        LabelledRows rows = new LabelledRows(clean.embeddings(), flipped, clean.ids());

        OutOfFold outOfFold = train(rows, LABELS).outOfFold().orElseThrow();

        assertThat(outOfFold.labels()).isEqualTo(LABELS);
        assertThat(outOfFold.probabilities()).hasDimensions(rows.size(), LABELS.size());
        assertThat(Evaluation.quality(outOfFold.probabilities(), LABELS, clean.labels())
                        .getAccuracy())
                .isGreaterThan(0.9);
        // A head that had learnt from it would go along with its wrong label.
        assertThat(outOfFold.probabilities()[7][LABELS.indexOf(clean.labels().get(7))])
                .isGreaterThan(0.6f);
    }

    private HeadTrainer.Result train(LabelledRows rows, List<String> labels) {
        return trainer.train(rows, labels, Optional.empty(), Cancellation.NEVER);
    }

    private static Quality quality(TrainedHead head, LabelledRows rows) {
        return Evaluation.quality(head.probabilities(rows.embeddings()), head.labels(), rows.labels());
    }
}
