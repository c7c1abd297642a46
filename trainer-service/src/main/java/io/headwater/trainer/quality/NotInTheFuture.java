package io.headwater.trainer.quality;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a record, but no later than now: a producer whose clock is ahead must not make everything else old. Kafka
 * Streams makes the instance.
 */
public final class NotInTheFuture implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> entry, long streamTime) {
        long now = System.currentTimeMillis();
        return entry.timestamp() < 0 ? now : Math.min(entry.timestamp(), now);
    }
}
