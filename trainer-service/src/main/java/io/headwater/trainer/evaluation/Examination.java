package io.headwater.trainer.evaluation;

import io.headwater.events.GateVerdict;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.TrainedHead;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Measures a trained head on the holdout, beside the version that serves, and asks the gate. */
public final class Examination {
    private final Gate gate;
    private final StableAnswers stableAnswers;

    /**
     * @param stableAnswers where the answers of the version that serves come from
     */
    public Examination(Gate gate, StableAnswers stableAnswers) {
        this.gate = gate;
        this.stableAnswers = stableAnswers;
    }

    /**
     * Measures.
     *
     * @param train what it was trained on
     * @param stable the version that serves, if one does
     * @throws IllegalArgumentException if nothing is held out
     */
    public Evidence examine(
            HeadTrainer.Result result, LabelledRows train, LabelledRows holdout, Optional<ModelPublished> stable) {
        if (holdout.size() == 0) {
            throw new IllegalArgumentException("None of the " + train.size()
                    + " labelled pictures is held out, so nothing can be measured; about one in five is, by its id."
                    + " Label some more");
        }
        Answers answers = answers(result.trained(), holdout);
        Guessing guessing = new Guessing(train.labels());
        Optional<Comparison> comparison =
                stable.flatMap(serving -> compare(serving, result.trained().labels(), answers, holdout));
        GateVerdict verdict = stable.map(serving ->
                        comparison.map(gate::against).orElseGet(() -> gate.incomparable(serving.getVersion())))
                .orElseGet(() -> gate.first(besideGuessing(result, train, answers, holdout, guessing)));
        ModelMetrics metrics = new ModelMetrics(
                answers(result.initial(), holdout).quality(),
                answers.quality(),
                guessing.accuracy(holdout.labels()),
                comparison.map(Comparison::quality).orElse(null));
        return new Evidence(metrics, HoldoutMeasures.of(answers), comparison.map(Comparison::toEvent), verdict);
    }

    private static Answers answers(TrainedHead head, LabelledRows rows) {
        return new Answers(head.labels(), head.probabilities(rows.embeddings()), rows.labels());
    }

    private Optional<Comparison> compare(
            ModelPublished serving, List<String> labels, Answers answers, LabelledRows holdout) {
        return stableAnswers
                .to(serving, holdout)
                .filter(given -> given.rows().length > 0)
                .map(given -> {
                    List<String> truth = Arrays.stream(given.rows())
                            .mapToObj(holdout.labels()::get)
                            .toList();
                    return Comparison.of(
                            serving.getVersion(),
                            answers.only(given.rows()),
                            new Answers(serving.getLabels(), given.probabilities(), truth),
                            truth);
                });
    }

    /** On the holdout, and on what was learnt from as far as a head answered it that had not learnt from it. */
    private static Tally besideGuessing(
            HeadTrainer.Result result, LabelledRows train, Answers answers, LabelledRows holdout, Guessing guessing) {
        Tally heldOut = Tally.of(answers.right(), guessing.right(holdout.labels()));
        return result.outOfFold()
                .map(given -> new Answers(given.labels(), given.probabilities(), train.labels()))
                .map(outOfFold -> heldOut.plus(Tally.of(outOfFold.right(), guessing.right(train.labels()))))
                .orElse(heldOut);
    }
}
