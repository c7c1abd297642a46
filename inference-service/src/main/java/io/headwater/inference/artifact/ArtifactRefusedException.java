package io.headwater.inference.artifact;

/** An artifact is missing or is not what was announced; the message says which and how, in a sentence for people. */
public final class ArtifactRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses for a reason. */
    public ArtifactRefusedException(String message) {
        super(message);
    }

    /** Refuses because of another failure. */
    public ArtifactRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
