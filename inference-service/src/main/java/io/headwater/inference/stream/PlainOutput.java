package io.headwater.inference.stream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Results first, offsets when all of these are acknowledged: what is in between when it crashes comes twice. */
final class PlainOutput implements Output {
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private volatile Exception failure;

    PlainOutput(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    @Override
    public void open() {
        // Nothing that an earlier life could have left open.
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    public void send(ProducerRecord<byte[], byte[]> entry) {
        producer.send(entry, (metadata, thrown) -> {
            if (thrown != null) {
                failure = thrown;
            }
        });
    }

    @Override
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        producer.flush();
        if (failure != null) {
            throw new KafkaException("results were not acknowledged: " + failure.getMessage(), failure);
        }
        consumer.commitSync(offsets);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
