package io.headwater.trainer.suspects;

import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.export.OnnxModel;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.ConfidentLearning;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.OutOfFold;
import io.headwater.trainer.trainingset.LabelledRows;
import io.headwater.trainer.trainingset.TrainingData;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for wrong labels on both sides of the split. The training side is answered out of fold; the holdout by the version's
 * own head, which never saw it. On one thread, and without a copy of the embeddings.
 */
public final class SuspectSearch {
    private static final String TRAIN = "train";
    private static final String HOLDOUT = "holdout";

    private final Hyperparameters settings;
    private final ArtifactStore store;
    private final Clock clock;

    /** A search with the settings of the trainings. */
    public SuspectSearch(Hyperparameters settings, ArtifactStore store, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    /**
     * The suspected examples.
     *
     * @param data the examples, as they are now
     * @param version whose head answers the holdout; the penalty of its training is used again
     * @throws io.headwater.trainer.training.TrainingCancelledException if it was cancelled
     */
    Suspicions search(TrainingData data, ModelPublished version, Cancellation cancellation) {
        List<String> labels = data.labels();
        List<float[]> probabilities = new ArrayList<>();
        List<Suspect> examples = new ArrayList<>();
        float[][] train = outOfFold(data.train(), labels, version, cancellation);
        collect(data.train(), train, TRAIN, probabilities, examples);
        float[][] holdout = byHead(data.holdout(), labels, version);
        collect(data.holdout(), holdout, HOLDOUT, probabilities, examples);
        int[] given =
                examples.stream().mapToInt(one -> labels.indexOf(one.label())).toArray();
        List<Suspect> suspects = ConfidentLearning.findings(probabilities.toArray(float[][]::new), given).stream()
                .map(finding -> suspect(examples.get(finding.row()), probabilities.get(finding.row()), labels, finding))
                .toList();
        return new Suspicions(version.getVersion(), clock.instant(), given.length, suspects);
    }

    private float[][] outOfFold(
            LabelledRows train, List<String> labels, ModelPublished version, Cancellation cancellation) {
        float l2 = Optional.ofNullable(version.getHyperparameters().get("l2"))
                .map(Float::valueOf)
                .orElseGet(() -> settings.l2Grid().get(settings.l2Grid().size() / 2));
        OutOfFold answers = new HeadTrainer(settings).outOfFold(train, labels, l2, cancellation);
        return answers.probabilities();
    }

    /** Classes are found by their names; one that the version does not know gets no probability. */
    private float[][] byHead(LabelledRows holdout, List<String> labels, ModelPublished version) {
        if (holdout.size() == 0) {
            return new float[0][];
        }
        int[] numbers = labels.stream().mapToInt(version.getLabels()::indexOf).toArray();
        float[][] answers;
        try (OnnxModel head = new OnnxModel(store.read(version.getHead()))) {
            answers = head.probabilities(holdout.embeddings());
        }
        float[][] mapped = new float[answers.length][labels.size()];
        for (int row = 0; row < mapped.length; row++) {
            for (int c = 0; c < numbers.length; c++) {
                mapped[row][c] = numbers[c] < 0 ? 0 : answers[row][numbers[c]];
            }
        }
        return mapped;
    }

    private static void collect(
            LabelledRows rows, float[][] answers, String split, List<float[]> probabilities, List<Suspect> examples) {
        for (int row = 0; row < answers.length; row++) {
            probabilities.add(answers[row]);
            examples.add(new Suspect(rows.ids().get(row), rows.labels().get(row), "", 0, 0, 0, split));
        }
    }

    private static Suspect suspect(
            Suspect example, float[] probabilities, List<String> labels, ConfidentLearning.Finding finding) {
        float suggested = probabilities[finding.suggested()];
        return new Suspect(
                example.id(),
                example.label(),
                labels.get(finding.suggested()),
                suggested - finding.margin(),
                suggested,
                finding.margin(),
                example.split());
    }
}
