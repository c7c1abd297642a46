package io.headwater.local.client;

import io.headwater.events.ImageClassified;
import java.util.Optional;

/**
 * The answer to one image.
 *
 * @param image its id
 * @param answer what it is, or empty while there was no version
 */
public record Prediction(String image, Optional<Answered> answer) {

    /**
     * What a version said.
     *
     * @param label the most probable class
     * @param confidence its probability, 0 to 1
     * @param version who said so
     */
    public record Answered(String label, double confidence, long version) {}

    static Prediction of(String image, ImageClassified event) {
        if (event.getVersion() == null || event.getLabel() == null) {
            return new Prediction(image, Optional.empty());
        }
        return new Prediction(
                image, Optional.of(new Answered(event.getLabel(), event.getConfidence(), event.getVersion())));
    }
}
