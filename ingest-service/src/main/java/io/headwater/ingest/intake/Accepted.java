package io.headwater.ingest.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer to an accepted upload.
 *
 * @param id of the image
 * @param width of the normalised image, pixels
 * @param height of the normalised image, pixels
 * @param label as it was recorded, if there was one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "An image that is safely in the stream")
record Accepted(String id, int width, int height, Optional<String> label) {}
