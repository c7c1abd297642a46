package io.headwater.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are not the event they should be; the message says why. */
public final class EventFormatException extends SerializationException {
    private static final long serialVersionUID = 1L;

    EventFormatException(String message) {
        super(message);
    }

    EventFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
