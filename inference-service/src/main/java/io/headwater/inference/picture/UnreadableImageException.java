package io.headwater.inference.picture;

/** The bytes are not a picture that can be classified; the message says why, for people. */
public final class UnreadableImageException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableImageException(String message) {
        super(message);
    }

    UnreadableImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
