package io.headwater.artifacts;

/** An artifact is not there, or is not what was announced; the store itself has answered. */
public class WrongArtifactException extends ArtifactException {
    private static final long serialVersionUID = 1L;

    /** For a reason. */
    public WrongArtifactException(String message) {
        super(message);
    }
}
