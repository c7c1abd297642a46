package io.headwater.inference.stream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Results and offsets in one transaction. It begins with the first result, so that it is not kept open for nothing. */
final class TransactionalOutput implements Output {
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private boolean begun;

    /**
     * @param producer with a transactional id
     * @param consumer whose place in the group the offsets are committed for
     */
    TransactionalOutput(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    /** Ends a transaction that an earlier life left open, and shuts out a twin with the same id. */
    @Override
    public void open() {
        producer.initTransactions();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction tells
    public void send(ProducerRecord<byte[], byte[]> entry) {
        begin();
        producer.send(entry);
    }

    @Override
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        begin();
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        // A record that failed makes this throw: no callbacks needed.
        producer.commitTransaction();
        begun = false;
    }

    private void begin() {
        if (!begun) {
            producer.beginTransaction();
            begun = true;
        }
    }

    /** An open transaction is ended by the next life's {@link #open}, or else by its timeout. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
