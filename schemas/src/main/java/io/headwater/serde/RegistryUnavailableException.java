package io.headwater.serde;

import org.apache.kafka.common.KafkaException;

/** The schema registry did not answer: nothing is known about the record, and trying again later is right. */
public final class RegistryUnavailableException extends KafkaException {
    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
