package io.headwater.trainer.registry;

/** Nothing can be recorded now: this trainer does not lead, or has to read again what is recorded. */
public final class NotRecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotRecordingException() {
        super("This trainer is reading again what is recorded; try again in a few seconds.");
    }
}
