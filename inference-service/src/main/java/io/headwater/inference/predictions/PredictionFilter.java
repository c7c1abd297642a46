package io.headwater.inference.predictions;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which predictions are wanted. All that is given must hold.
 *
 * @param version that answered
 * @param label that was answered
 * @param confidenceBelow at which the confidence is too high; what has no answer is below any
 * @param canary whether the canary answered
 */
record PredictionFilter(
        Optional<Long> version, Optional<String> label, Optional<Float> confidenceBelow, Optional<Boolean> canary)
        implements Predicate<Prediction> {

    /**
     * From the parameters of a request, each of which may be null.
     *
     * @throws IllegalArgumentException with a sentence for the client
     */
    static PredictionFilter parse(String version, String label, String confidenceBelow, String canary) {
        if (version != null && !version.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("version is " + version + ", but must be a number such as 3.");
        }
        if (confidenceBelow != null && !confidenceBelow.matches("0|1|0?\\.[0-9]{1,9}|1\\.0{1,9}")) {
            throw new IllegalArgumentException(
                    "confidence-below is " + confidenceBelow + ", but must be from 0 to 1, such as 0.6.");
        }
        if (canary != null && !canary.matches("true|false")) {
            throw new IllegalArgumentException("canary is " + canary + ", but must be true or false.");
        }
        return new PredictionFilter(
                Optional.ofNullable(version).map(Long::valueOf),
                Optional.ofNullable(label),
                Optional.ofNullable(confidenceBelow).map(Float::valueOf),
                Optional.ofNullable(canary).map(Boolean::valueOf));
    }

    @Override
    public boolean test(Prediction prediction) {
        return (version.isEmpty() || version.equals(prediction.version()))
                && (label.isEmpty() || label.equals(prediction.label()))
                && confidenceBelow.map(limit -> prediction.confidence() < limit).orElse(true)
                && canary.map(wanted -> wanted == prediction.canary()).orElse(true);
    }
}
