package io.headwater.trainer.rollouts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who does something to a rollout by hand, and why.
 *
 * @param by who; 1 to 64 characters
 * @param reason why; 1 to 256 characters
 */
@JsonIgnoreProperties(ignoreUnknown = false)
@Schema(description = "Who does it, and why")
public record Command(String by, String reason) {
    private static final int LONGEST_BY = 64;
    private static final int LONGEST_REASON = 256;

    /** Keeps no blanks around. */
    public Command {
        by = by == null ? "" : by.strip();
        reason = reason == null ? "" : reason.strip();
    }

    boolean isComplete() {
        return !by.isEmpty() && by.length() <= LONGEST_BY && !reason.isEmpty() && reason.length() <= LONGEST_REASON;
    }
}
