package io.headwater.artifacts;

/** An artifact is not there; a store that is behind may have it later. */
public final class MissingArtifactException extends WrongArtifactException {
    private static final long serialVersionUID = 1L;

    /** For a reason. */
    public MissingArtifactException(String message) {
        super(message);
    }
}
