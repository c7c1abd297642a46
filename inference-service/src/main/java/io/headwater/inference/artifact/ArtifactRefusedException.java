package io.headwater.inference.artifact;

import java.util.Optional;

/** An artifact is missing or is not what was announced; the message says which and how, in a sentence for people. */
public final class ArtifactRefusedException extends Exception {
    private static final long serialVersionUID = 2L;

    private final Long version;

    /** Refuses for a reason. */
    public ArtifactRefusedException(String message) {
        super(message);
        version = null;
    }

    /** Refuses because of another failure. */
    public ArtifactRefusedException(String message, Throwable cause) {
        super(message, cause);
        version = null;
    }

    /** Refuses because of what is wrong with the file of a version. */
    public ArtifactRefusedException(long version, Exception cause) {
        super(cause.getMessage(), cause);
        this.version = version;
    }

    /** The version that is to blame; empty when it is something else, such as a store that can't be reached. */
    public Optional<Long> version() {
        return Optional.ofNullable(version);
    }
}
