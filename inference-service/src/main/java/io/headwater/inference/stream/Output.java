package io.headwater.inference.stream;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where results go, and the offsets of the images that they come from. One thread uses it. */
interface Output extends AutoCloseable {
    /** Before anything is read. */
    void open();

    /** Sends a record; {@link #commit} tells whether it arrived. */
    void send(ProducerRecord<byte[], byte[]> entry);

    /**
     * Waits until everything since the last commit is safe, and these offsets.
     *
     * @throws RuntimeException if not; nothing more can be sent then
     */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets);

    /** Waits for nothing. */
    @Override
    void close();
}
