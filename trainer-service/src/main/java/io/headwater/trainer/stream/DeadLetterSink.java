package io.headwater.trainer.stream;

import io.headwater.deadletter.DeadLetters;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes dead letters to {@code <topic>.dlt} and waits for the broker's acknowledgement. Thread safe. */
final class DeadLetterSink implements BiConsumer<ConsumerRecord<byte[], byte[]>, String>, AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;
    /** Over what the dead-letter topics take: a record of any topic read here, and the headers. */
    private static final int LARGEST_REQUEST = 6 * 1024 * 1024;

    private final StreamMeters meters;
    private final KafkaProducer<byte[], byte[]> producer;

    DeadLetterSink(Map<String, Object> kafka, StreamMeters meters) {
        this.meters = meters;
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        producer = new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> origin, String reason) {
        String topic = origin.topic() + ".dlt";
        try {
            producer.send(DeadLetters.of(topic, origin, reason)).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            meters.deadLetters(topic).increment();
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the dead letter was not acknowledged", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing a dead letter", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
