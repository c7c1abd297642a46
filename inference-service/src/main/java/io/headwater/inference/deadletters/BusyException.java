package io.headwater.inference.deadletters;

/** Somebody else is at it; the message says at what. */
final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
        super(message);
    }
}
