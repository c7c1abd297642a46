package io.headwater.local.upload;

/** There is nothing to send; the message says so and why. */
public final class EmptyFolderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmptyFolderException(String message) {
        super(message);
    }
}
