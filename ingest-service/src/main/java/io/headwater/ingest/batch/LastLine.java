package io.headwater.ingest.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.ingest.problem.Problem;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The end of the answer to a batch. An answer without it was cut off.
 *
 * @param complete whether the batch was read to its end
 * @param accepted items with a status below 300
 * @param refused the others
 * @param problem why the rest of the batch was not read
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "The end of the answer")
public record LastLine(boolean complete, long accepted, long refused, Optional<Problem> problem) {}
