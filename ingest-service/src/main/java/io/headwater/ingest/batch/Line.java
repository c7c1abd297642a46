package io.headwater.ingest.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.ingest.problem.Problem;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of one item of a batch.
 *
 * @param line which item it was, in the order in which they came; the first is 1
 * @param name of the item in its archive or form
 * @param status what a request of its own would have been answered with
 * @param id of the image, if the item was accepted
 * @param label as it was recorded
 * @param problem why it was refused
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "What became of one item")
public record Line(
        long line,
        Optional<String> name,
        int status,
        Optional<String> id,
        Optional<String> label,
        Optional<Problem> problem) {}
