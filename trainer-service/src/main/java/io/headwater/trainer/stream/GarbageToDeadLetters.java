package io.headwater.trainer.stream;

import io.headwater.serde.RegistryUnavailableException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jboss.logging.Logger;

/**
 * Writes garbage to the dead-letter topic and goes on, or only goes on where another stream writes it. When that can't be written, or it is not the record that is at
 * fault (a schema registry that is away), the stream fails, and the record is read again later: it is not lost. Kafka
 * Streams makes the instance.
 */
public final class GarbageToDeadLetters implements DeserializationExceptionHandler {
    /** Configuration key of the {@code BiConsumer<ConsumerRecord<byte[], byte[]>, String>} that writes the dead letter. */
    static final String SINK = "headwater.dead-letters";
    /** Configuration key of the {@code Set<String>} of topics whose garbage is passed over; may be absent. */
    static final String PASSED_OVER = "headwater.dead-letters.passed-over";

    private static final Logger LOG = Logger.getLogger(GarbageToDeadLetters.class);

    private BiConsumer<ConsumerRecord<byte[], byte[]>, String> sink;
    private Set<String> passedOver;

    @Override
    @SuppressWarnings("unchecked")
    public void configure(Map<String, ?> configuration) {
        sink = (BiConsumer<ConsumerRecord<byte[], byte[]>, String>) configuration.get(SINK);
        Object topics = configuration.get(PASSED_OVER);
        passedOver = topics == null ? Set.of() : Set.copyOf((Set<String>) topics);
    }

    @Override
    public DeserializationHandlerResponse handle(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> origin, Exception failure) {
        if (!isGarbage(failure)) {
            // Not the whole of it: the stream fails of it, and says so.
            LOG.errorf(
                    "record not read, for nothing that is wrong with it topic=%s partition=%d offset=%d: %s",
                    origin.topic(), origin.partition(), origin.offset(), failure.getMessage());
            return DeserializationHandlerResponse.FAIL;
        }
        if (passedOver.contains(origin.topic())) {
            return DeserializationHandlerResponse.CONTINUE;
        }
        String reason = String.valueOf(failure.getMessage());
        try {
            sink.accept(origin, reason);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "dead letter not written topic=%s partition=%d offset=%d",
                    origin.topic(),
                    origin.partition(),
                    origin.offset());
            return DeserializationHandlerResponse.FAIL;
        }
        LOG.warnf(
                "dead letter topic=%s partition=%d offset=%d reason=%s",
                origin.topic(), origin.partition(), origin.offset(), reason);
        return DeserializationHandlerResponse.CONTINUE;
    }

    private static boolean isGarbage(Throwable failure) {
        return failure instanceof SerializationException
                && Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .noneMatch(RegistryUnavailableException.class::isInstance);
    }
}
