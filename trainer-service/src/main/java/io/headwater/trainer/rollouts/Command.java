package io.headwater.trainer.rollouts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who does something to a rollout by hand, and why.
 *
 * @param by who; 1 to 64 characters; where it is known who sends it, nobody or somebody on whose behalf
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

    /** With the name of whoever sends it, if that is known. */
    Command signed(Optional<String> sender) {
        return sender.map(name -> by.isEmpty() || by.equals(name) ? name : name + " for " + by)
                .map(signature -> new Command(signature, reason))
                .orElse(this);
    }

    /**
     * Whether it says what it must.
     *
     * @param signed whether it is known who sends it
     */
    boolean isComplete(boolean signed) {
        return (signed || !by.isEmpty())
                && by.length() <= LONGEST_BY
                && !reason.isEmpty()
                && reason.length() <= LONGEST_REASON;
    }
}
