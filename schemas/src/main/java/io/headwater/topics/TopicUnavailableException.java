package io.headwater.topics;

/** Kafka did not answer in time; nothing is known about the topics, and trying again later is right. */
public final class TopicUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
