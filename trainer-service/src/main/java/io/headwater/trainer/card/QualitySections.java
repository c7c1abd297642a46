package io.headwater.trainer.card;

import static io.headwater.trainer.card.Markdown.estimate;
import static io.headwater.trainer.card.Markdown.number;
import static io.headwater.trainer.card.Markdown.text;

import io.headwater.events.HoldoutEvaluation;
import io.headwater.events.ModelPublished;
import io.headwater.events.PairedComparison;
import io.headwater.events.TemperatureScaling;
import io.headwater.events.TopKAccuracy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How good a version is, and what the gate made of it. */
final class QualitySections {
    /** A larger matrix nobody reads. */
    private static final int LARGEST_MATRIX = 12;

    private static final int LISTED_CONFUSIONS = 20;

    private QualitySections() {}

    static void write(ModelPublished version, Markdown card) {
        HoldoutEvaluation evaluation = version.getEvaluation();
        quality(version, evaluation, card);
        confusion(version.getLabels(), evaluation.getConfusion(), card);
        calibration(version.getCalibration(), card);
        comparison(version.getComparison(), card);
        card.section("Gate")
                .paragraph(
                        "**%s.** %s",
                        switch (version.getGate().getOutcome()) {
                            case PASSED -> "Passed";
                            case REJECTED -> "Rejected";
                            case INCONCLUSIVE -> "Inconclusive";
                        },
                        text(version.getGate().getReason()));
    }

    private static void quality(ModelPublished version, HoldoutEvaluation evaluation, Markdown card) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("accuracy", estimate(evaluation.getAccuracy())));
        for (TopKAccuracy top : evaluation.getTopK()) {
            if (top.getK() > 1) {
                rows.add(List.of("among the " + top.getK() + " most probable", estimate(top.getAccuracy())));
            }
        }
        rows.add(List.of("log loss, nats", estimate(evaluation.getLogLoss())));
        rows.add(List.of("expected calibration error", estimate(evaluation.getCalibrationError())));
        rows.add(List.of(
                "accuracy of guessing the commonest class",
                number(version.getMetrics().getBaselineAccuracy())));
        rows.add(List.of(
                "accuracy before training",
                number(version.getMetrics().getInitial().getAccuracy())));
        card.section("Quality on the held-out photographs")
                .paragraph(
                        "In brackets: intervals at a level of %.0f %%, Wilson's for shares, the percentiles of a bootstrap for"
                                + " log loss, calibration error and F1.",
                        100 * evaluation.getConfidence())
                .table(List.of("measure", "value"), rows)
                .table(
                        List.of("class", "held out", "precision", "recall", "F1"),
                        evaluation.getClasses().stream()
                                .map(one -> List.of(
                                        text(one.getLabel()),
                                        Long.toString(one.getHoldout()),
                                        estimate(one.getPrecision()),
                                        estimate(one.getRecall()),
                                        estimate(one.getF1())))
                                .toList());
    }

    private static void confusion(List<String> labels, List<Long> matrix, Markdown card) {
        card.section("Confusion");
        if (labels.size() <= LARGEST_MATRIX) {
            card.paragraph("A row is what a photograph shows, a column what the answer was.")
                    .table(header(labels), rows(labels, matrix));
            return;
        }
        List<List<String>> confusions = confusions(labels, matrix);
        card.paragraph(
                "The %d most frequent of the confusions; the whole matrix is in the version's record.",
                confusions.size());
        card.table(List.of("shows", "answer", "photographs"), confusions);
    }

    private static List<String> header(List<String> labels) {
        List<String> header = new ArrayList<>(List.of(""));
        labels.forEach(label -> header.add(text(label)));
        return header;
    }

    private static List<List<String>> rows(List<String> labels, List<Long> matrix) {
        List<List<String>> rows = new ArrayList<>();
        for (int truth = 0; truth < labels.size(); truth++) {
            List<String> row = new ArrayList<>(List.of("**" + text(labels.get(truth)) + "**"));
            matrix.subList(truth * labels.size(), (truth + 1) * labels.size())
                    .forEach(count -> row.add(count.toString()));
            rows.add(row);
        }
        return rows;
    }

    private static List<List<String>> confusions(List<String> labels, List<Long> matrix) {
        record Confusion(String truth, String answer, long count) {}
        List<Confusion> all = new ArrayList<>();
        for (int i = 0; i < matrix.size(); i++) {
            int truth = i / labels.size();
            int answer = i % labels.size();
            if (truth != answer && matrix.get(i) > 0) {
                all.add(new Confusion(labels.get(truth), labels.get(answer), matrix.get(i)));
            }
        }
        return all.stream()
                .sorted(Comparator.comparingLong(Confusion::count).reversed())
                .limit(LISTED_CONFUSIONS)
                .map(one -> List.of(text(one.truth()), text(one.answer()), Long.toString(one.count())))
                .toList();
    }

    private static void calibration(TemperatureScaling calibration, Markdown card) {
        card.section("Confidence");
        if (calibration == null) {
            card.paragraph("It is not calibrated: there were too few examples.");
            return;
        }
        card.paragraph(
                "Its logits are divided by a temperature of %.3f, chosen on %d examples (%s). On those the expected calibration"
                        + " error was %.3f without it and is %.3f with it; what it is on the held-out photographs is above.",
                calibration.getTemperature(),
                calibration.getExamples(),
                calibration.getPart(),
                calibration.getErrorBefore(),
                calibration.getErrorAfter());
    }

    private static void comparison(PairedComparison comparison, Markdown card) {
        card.section("Beside the version that served");
        if (comparison == null) {
            card.paragraph("There was none that could be compared.");
            return;
        }
        card.paragraph(
                "On the same %d photographs it is right on %d where version %d is wrong, and wrong on %d where that is right"
                        + " (exact McNemar test, two-sided: p = %s). Its log loss less that of version %d: %s.",
                comparison.getExamples(),
                comparison.getWins(),
                comparison.getVersion(),
                comparison.getLosses(),
                String.format(Locale.ROOT, "%.4f", comparison.getPValue()),
                comparison.getVersion(),
                estimate(comparison.getLogLossDifference()));
    }
}
