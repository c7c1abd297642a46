package io.headwater.trainer.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a version's live accuracy stands to what its holdout promised.
 *
 * @param version its number
 * @param expected its accuracy on the holdout
 * @param promised what its true accuracy is at least, given how large the holdout was
 * @param since labels that were given later count
 * @param images labelled images that count
 * @param recentImages the last of them
 * @param recentAccuracy share of right answers among the last; 0 if there is none
 * @param evidence that it has fallen: 1 is none
 * @param alarm the evidence that suffices
 * @param fallen whether it has fallen
 * @param alone who alone says that it has fallen: without the labels of this annotator it has not, so it is said not to have;
 *     empty if nobody does
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FallCheck(
        long version,
        double expected,
        double promised,
        Instant since,
        int images,
        int recentImages,
        double recentAccuracy,
        double evidence,
        double alarm,
        boolean fallen,
        Optional<String> alone) {

    /** That it has fallen, with the numbers; empty if it has not. A sentence for people. */
    public Optional<String> sentence() {
        return fallen
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "Live accuracy of version %d is %.2f on the last %d labelled images; %.2f was expected.",
                        version,
                        recentAccuracy,
                        recentImages,
                        expected))
                : Optional.empty();
    }

    /** The same, but that one annotator alone says so. */
    FallCheck saidBy(String annotator) {
        return new FallCheck(
                version,
                expected,
                promised,
                since,
                images,
                recentImages,
                recentAccuracy,
                evidence,
                alarm,
                false,
                Optional.of(annotator));
    }
}
