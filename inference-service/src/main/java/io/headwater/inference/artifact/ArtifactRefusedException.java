package io.headwater.inference.artifact;

import java.util.Optional;

/** An artifact is missing or is not what was announced; the message says which and how, in a sentence for people. */
public final class ArtifactRefusedException extends Exception {
    private static final long serialVersionUID = 3L;

    private final Long version;
    private final boolean missing;

    /** Refuses for a reason. */
    public ArtifactRefusedException(String message) {
        super(message);
        version = null;
        missing = false;
    }

    /** Refuses because of another failure. */
    public ArtifactRefusedException(String message, Throwable cause) {
        super(message, cause);
        version = null;
        missing = false;
    }

    /** Refuses because of what is wrong with the file of a version. */
    public ArtifactRefusedException(long version, Exception cause) {
        super(cause.getMessage(), cause);
        this.version = version;
        this.missing = false;
    }

    private ArtifactRefusedException(String message, long version) {
        super(message);
        this.version = version;
        this.missing = true;
    }

    /** Refuses because the file of a version is not there, which a store that is behind may have later. */
    public static ArtifactRefusedException missing(long version, String message) {
        return new ArtifactRefusedException(message, version);
    }

    /** Whether the file of {@link #version()} is not there, rather than wrong. */
    public boolean isMissing() {
        return missing;
    }

    /** The version that is to blame; empty when it is something else, such as a store that can't be reached. */
    public Optional<Long> version() {
        return Optional.ofNullable(version);
    }
}
