package io.headwater.trainer.examples;

import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jboss.logging.Logger;

/**
 * Writes what can't be deserialised to the dead-letter topic and goes on. When that can't be written either, the stream
 * fails, and the record is read again later: it is not lost. Kafka Streams makes the instance.
 */
public final class GarbageToDeadLetters implements DeserializationExceptionHandler {
    /** Configuration key of the {@code BiConsumer<ConsumerRecord<byte[], byte[]>, String>} that writes the dead letter. */
    static final String SINK = "headwater.dead-letters";

    private static final Logger LOG = Logger.getLogger(GarbageToDeadLetters.class);

    private BiConsumer<ConsumerRecord<byte[], byte[]>, String> sink;

    @Override
    @SuppressWarnings("unchecked")
    public void configure(Map<String, ?> configuration) {
        sink = (BiConsumer<ConsumerRecord<byte[], byte[]>, String>) configuration.get(SINK);
    }

    @Override
    public DeserializationHandlerResponse handle(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> origin, Exception failure) {
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
}
