package io.headwater.local.launch;

/** Headwater can't be started (or stopped); the message is a sentence for the person who tried, with the remedy. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a sentence. */
    public StartException(String message) {
        super(message);
    }

    /** With a sentence and what was behind it. */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
