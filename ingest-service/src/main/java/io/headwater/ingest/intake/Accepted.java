package io.headwater.ingest.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.ingest.predictions.Prediction;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer to an accepted upload.
 *
 * @param id of the image
 * @param width of the normalised image, pixels
 * @param height of the normalised image, pixels
 * @param label as it was recorded, if there was one
 * @param prediction if the client waited for it and it came in time
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "An image that is safely in the stream")
public record Accepted(String id, int width, int height, Optional<String> label, Optional<Prediction> prediction) {
    Accepted with(Optional<Prediction> answer) {
        return new Accepted(id, width, height, label, answer);
    }
}
