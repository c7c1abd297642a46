package io.headwater.trainer.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.events.Quality;
import io.headwater.trainer.registry.EvidenceView.CalibrationView;
import io.headwater.trainer.registry.EvidenceView.ComparisonView;
import io.headwater.trainer.registry.EvidenceView.GateView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A version as clients see it.
 *
 * @param version its number
 * @param state where it stands in its rollout: candidate (the gate could not tell), stable, rejected, retired, ...
 * @param reason why; a sentence for people
 * @param labels class names, in the order of the probabilities
 * @param examples examples it was trained on
 * @param holdoutExamples held-out examples it was measured on
 * @param metrics its quality on the holdout
 * @param trainedAt when the training ended
 * @param sha256 of model.onnx
 * @param parent the version that was stable then; null when there was none
 * @param trigger what started the training
 * @param backbone id of the backbone
 * @param gate what the gate said of it; this and what follows is null for versions of release 0.1
 * @param evaluation all that was measured on the holdout
 * @param comparison with the version that was stable; null when there was none that could be compared
 * @param calibration of its confidences; null when there were too few examples for it
 * @param lineage where it comes from
 * @param card path of its model card
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelView(
        long version,
        String state,
        String reason,
        List<String> labels,
        long examples,
        long holdoutExamples,
        MetricsView metrics,
        Instant trainedAt,
        String sha256,
        Long parent,
        String trigger,
        String backbone,
        GateView gate,
        EvaluationView evaluation,
        ComparisonView comparison,
        CalibrationView calibration,
        LineageView lineage,
        String card) {

    /** All of it. */
    static ModelView of(ModelPublished model) {
        return of(model, true);
    }

    /** Without the confusion matrix, which is large when there are many classes. */
    static ModelView listed(ModelPublished model) {
        return of(model, false);
    }

    private static ModelView of(ModelPublished model, boolean whole) {
        return new ModelView(
                model.getVersion(),
                // As people write it: rolled back.
                model.getState().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                model.getReason(),
                model.getLabels(),
                model.getExamples(),
                model.getHoldoutExamples(),
                MetricsView.of(model.getMetrics()),
                model.getTrainedAt(),
                model.getModel().getSha256(),
                model.getParent(),
                model.getTrigger(),
                model.getBackbone(),
                known(model.getGate(), GateView::of),
                known(model.getEvaluation(), evaluation -> EvaluationView.of(evaluation, whole)),
                known(model.getComparison(), ComparisonView::of),
                known(model.getCalibration(), CalibrationView::of),
                known(model.getLineage(), unused -> LineageView.of(model)),
                known(model.getCard(), unused -> "/models/" + model.getVersion() + "/card"));
    }

    /** What a record lacks the view lacks: {@code NON_NULL}. */
    private static <T, V> V known(T field, Function<T, V> view) {
        return field == null ? null : view.apply(field);
    }

    /**
     * Quality on the holdout.
     *
     * @param accuracy after training, 0 to 1
     * @param logLoss after training, nats
     * @param initial before training
     * @param trained after training
     * @param baselineAccuracy of always guessing the commonest class
     * @param stable of the then stable version on the same holdout; null when there was none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MetricsView(
            double accuracy,
            double logLoss,
            QualityView initial,
            @JsonProperty("final") QualityView trained,
            double baselineAccuracy,
            QualityView stable) {
        static MetricsView of(ModelMetrics metrics) {
            QualityView trained = QualityView.of(metrics.getTrained());
            return new MetricsView(
                    trained.accuracy(),
                    trained.logLoss(),
                    QualityView.of(metrics.getInitial()),
                    trained,
                    metrics.getBaselineAccuracy(),
                    metrics.getStable() == null ? null : QualityView.of(metrics.getStable()));
        }
    }

    /**
     * @param accuracy 0 to 1
     * @param logLoss nats
     */
    record QualityView(double accuracy, double logLoss) {
        static QualityView of(Quality quality) {
            return new QualityView(quality.getAccuracy(), quality.getLogLoss());
        }
    }
}
