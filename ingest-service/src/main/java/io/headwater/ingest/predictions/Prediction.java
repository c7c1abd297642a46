package io.headwater.ingest.predictions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.events.ImageClassified;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the served version says of an image.
 *
 * @param generation of the rollout that was obeyed
 * @param version that answered; absent while there is none
 * @param label the most probable one; absent while there is no version
 * @param confidence its probability, 0 to 1; 0 without a version
 * @param canary whether the version answered as the canary
 * @param top the most probable labels, best first
 * @param classifiedAt when that was
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "What the served version says of an image")
public record Prediction(
        long generation,
        Optional<Long> version,
        Optional<String> label,
        float confidence,
        boolean canary,
        List<Score> top,
        Instant classifiedAt) {
    /**
     * A label and its probability.
     *
     * @param label the class
     * @param probability 0 to 1
     */
    public record Score(String label, float probability) {}

    static Prediction of(ImageClassified event) {
        return new Prediction(
                event.getGeneration(),
                Optional.ofNullable(event.getVersion()),
                Optional.ofNullable(event.getLabel()),
                event.getConfidence(),
                event.getCanary(),
                event.getTop().stream()
                        .map(score -> new Score(score.getLabel(), score.getProbability()))
                        .toList(),
                event.getClassifiedAt());
    }
}
