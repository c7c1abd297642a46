package io.headwater.trainer.leadership;

import java.util.Locale;

/** What a trainer does among the trainers of its topic prefix. */
public enum Role {
    /** It is not ready for anything yet. */
    STARTING,
    /** It knows what the leader knows, decides nothing, and takes over when the leader is gone. */
    STANDBY,
    /** It decides: it alone trains and publishes. */
    LEADER;

    /** As clients see it: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
