package io.headwater.local.client;

/** Kafka does not answer at its address, or holds no Headwater. */
public final class KafkaAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KafkaAwayException(String bootstrapServers, Throwable cause) {
        super(
                "Kafka does not answer at %s, or has no Headwater topics yet. Start it with ./headwater up."
                        .formatted(bootstrapServers),
                cause);
    }
}
