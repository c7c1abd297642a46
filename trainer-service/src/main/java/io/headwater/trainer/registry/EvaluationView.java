package io.headwater.trainer.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.events.HoldoutEvaluation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * All that was measured on the holdout.
 *
 * @param confidence level of the intervals
 * @param accuracy share of right answers
 * @param topK for each k the share of examples whose true label is among the k most probable
 * @param logLoss nats
 * @param calibrationError expected calibration error, 0 to 1
 * @param classes each class, in the order of the labels
 * @param confusion a row for each true label, a column for each answer; null in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EvaluationView(
        double confidence,
        EstimateView accuracy,
        Map<Integer, EstimateView> topK,
        EstimateView logLoss,
        EstimateView calibrationError,
        List<ClassView> classes,
        List<List<Long>> confusion) {

    /**
     * @param holdout held-out examples of the class
     */
    record ClassView(String label, long holdout, EstimateView precision, EstimateView recall, EstimateView f1) {}

    static EvaluationView of(HoldoutEvaluation evaluation, boolean whole) {
        Map<Integer, EstimateView> topK = new TreeMap<>();
        evaluation.getTopK().forEach(top -> topK.put(top.getK(), EstimateView.of(top.getAccuracy())));
        int classes = evaluation.getClasses().size();
        return new EvaluationView(
                evaluation.getConfidence(),
                EstimateView.of(evaluation.getAccuracy()),
                topK,
                EstimateView.of(evaluation.getLogLoss()),
                EstimateView.of(evaluation.getCalibrationError()),
                evaluation.getClasses().stream()
                        .map(one -> new ClassView(
                                one.getLabel(),
                                one.getHoldout(),
                                EstimateView.of(one.getPrecision()),
                                EstimateView.of(one.getRecall()),
                                EstimateView.of(one.getF1())))
                        .toList(),
                whole
                        ? IntStream.range(0, classes)
                                .mapToObj(row -> evaluation.getConfusion().subList(row * classes, (row + 1) * classes))
                                .toList()
                        : null);
    }
}
