package io.headwater.trainer.registry;

import io.headwater.events.GateVerdict;
import io.headwater.events.PairedComparison;
import io.headwater.events.TemperatureScaling;
import java.util.Locale;

/** What the gate had to go by, and what it said. */
final class EvidenceView {
    private EvidenceView() {}

    /**
     * @param outcome passed, rejected or inconclusive
     * @param reason why, with the numbers; a sentence for people
     */
    record GateView(String outcome, String reason) {
        static GateView of(GateVerdict verdict) {
            return new GateView(verdict.getOutcome().name().toLowerCase(Locale.ROOT), verdict.getReason());
        }
    }

    /**
     * Beside the version that was stable, on the same examples.
     *
     * @param version that version
     * @param examples examples that both answered
     * @param wins right where that one is wrong
     * @param losses wrong where that one is right
     * @param pValue exact McNemar test, two-sided
     * @param pWorse the same one-sided: small when this version is worse
     * @param logLossDifference log loss less that of the other, nats; below zero when this version is better
     */
    record ComparisonView(
            long version,
            long examples,
            long wins,
            long losses,
            double pValue,
            double pWorse,
            EstimateView logLossDifference) {
        static ComparisonView of(PairedComparison comparison) {
            return new ComparisonView(
                    comparison.getVersion(),
                    comparison.getExamples(),
                    comparison.getWins(),
                    comparison.getLosses(),
                    comparison.getPValue(),
                    comparison.getPWorse(),
                    EstimateView.of(comparison.getLogLossDifference()));
        }
    }

    /**
     * How its confidences were made to mean something.
     *
     * @param temperature that the logits are divided by
     * @param errorBefore expected calibration error without it, on the examples it was chosen on
     * @param errorAfter the same with it
     * @param examples how many they are
     * @param part where they come from
     */
    record CalibrationView(double temperature, double errorBefore, double errorAfter, long examples, String part) {
        static CalibrationView of(TemperatureScaling scaling) {
            return new CalibrationView(
                    scaling.getTemperature(),
                    scaling.getErrorBefore(),
                    scaling.getErrorAfter(),
                    scaling.getExamples(),
                    scaling.getPart());
        }
    }
}
