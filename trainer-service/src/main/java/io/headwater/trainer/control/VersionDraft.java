package io.headwater.trainer.control;

import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.GateOutcome;
import io.headwater.events.Lineage;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.TemperatureScaling;
import io.headwater.trainer.evaluation.Evidence;
import io.headwater.trainer.export.ModelMetadata;
import io.headwater.trainer.lineage.Lineages;
import io.headwater.trainer.training.Calibration;
import io.headwater.trainer.training.TrainingSummary;
import io.headwater.trainer.trainingset.TrainingData;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a version is, before it has files.
 *
 * @param version its number
 * @param data what it learnt from and was measured on
 * @param backbone whose embeddings these are
 * @param parent the version that is stable
 * @param summary of the training
 * @param evidence how good it is
 * @param trigger what started the training; a sentence for people
 * @param lineage where it comes from, without durations
 */
record VersionDraft(
        long version,
        TrainingData data,
        Backbone backbone,
        Optional<Long> parent,
        TrainingSummary summary,
        Evidence evidence,
        String trigger,
        Lineage lineage) {

    /** What its files say of it. */
    ModelMetadata metadata() {
        return new ModelMetadata(
                version,
                data.labels(),
                backbone.getId(),
                backbone.getInputSize(),
                data.newest(),
                data.train().size(),
                parent,
                evidence.metrics(),
                summary.hyperparameters(),
                Lineages.decimal(data.offsets()),
                lineage);
    }

    /**
     * Its record, but for the model card.
     *
     * @param durations milliseconds of each phase
     */
    ModelPublished record(Artifact model, Artifact head, Instant trainedAt, Map<String, Long> durations) {
        return ModelPublished.newBuilder()
                .setVersion(version)
                .setState(state(evidence.verdict().getOutcome()))
                .setReason(evidence.verdict().getReason())
                .setModel(model)
                .setHead(head)
                .setBackbone(backbone.getId())
                .setBackboneChange(backbone.getChange())
                .setLabels(List.copyOf(data.labels()))
                .setExamples(data.train().size())
                .setHoldoutExamples(data.holdout().size())
                .setMetrics(evidence.metrics())
                .setParent(parent.orElse(null))
                .setTrigger(trigger)
                .setExampleOffsets(Lineages.decimal(data.offsets()))
                .setHyperparameters(summary.hyperparameters())
                .setTrainedAt(trainedAt)
                .setGate(evidence.verdict())
                .setEvaluation(evidence.evaluation())
                .setComparison(evidence.comparison().orElse(null))
                .setCalibration(summary.calibration().map(VersionDraft::scaling).orElse(null))
                .setLineage(Lineage.newBuilder(lineage).setDurations(durations).build())
                .build();
    }

    private static ModelState state(GateOutcome outcome) {
        return switch (outcome) {
            case PASSED -> ModelState.STABLE;
            case REJECTED -> ModelState.REJECTED;
            case INCONCLUSIVE -> ModelState.CANDIDATE;
        };
    }

    private static TemperatureScaling scaling(Calibration calibration) {
        return new TemperatureScaling(
                calibration.temperature(),
                calibration.eceBefore(),
                calibration.eceAfter(),
                (long) calibration.examples(),
                calibration.part().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
