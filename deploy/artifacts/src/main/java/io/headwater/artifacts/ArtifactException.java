package io.headwater.artifacts;

/** An artifact can't be written or read, or is not what was announced; the message says which and how, for people. */
public class ArtifactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For a reason. */
    public ArtifactException(String message) {
        super(message);
    }

    /** Because of another failure. */
    public ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
