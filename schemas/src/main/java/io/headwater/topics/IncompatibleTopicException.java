package io.headwater.topics;

/** An existing topic is not what Headwater needs; the message says which, how, and what to do. */
public final class IncompatibleTopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompatibleTopicException(String message) {
        super(message);
    }
}
