package io.headwater.trainer.artifacts;

/** An artifact could not be written, is missing, or is not what its record says. */
public final class ArtifactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArtifactException(String message) {
        super(message);
    }

    ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
