package io.headwater.local.client;

/** A service won't do what it was asked to; the message is its own sentence. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String detail) {
        super(detail);
    }
}
