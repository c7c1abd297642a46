package io.headwater.topics;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads one topic from its beginning, all partitions, committed records only, and then goes on following it. This is
 * how state that lives in a topic (the rollout, the registry, the training set) becomes state in memory.
 *
 * <p>Belongs to no consumer group and commits nothing: every start reads everything again. Not thread safe but for
 * {@link #wakeup()}: one thread calls it.
 *
 * @param <V> type of the values
 */
public final class TopicFollower<V> implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Deserializer<V> deserializer;
    private final Consumer<Entry<V>> handler;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, String> onGarbage;
    private final StringDeserializer keys = new StringDeserializer();
    private List<TopicPartition> partitions = List.of();
    private long most = Long.MAX_VALUE;

    /**
     * A record of the topic.
     *
     * @param key its key
     * @param value its value; empty for a tombstone
     * @param partition where it stands
     * @param offset where it stands
     * @param timestamp its time, milliseconds since the epoch
     */
    public record Entry<V>(String key, Optional<V> value, int partition, long offset, long timestamp) {}

    /**
     * @param kafka client configuration, at least {@code bootstrap.servers}
     * @param topic what to read; it must exist by the time of {@link #replay}
     * @param deserializer of the values
     * @param handler gets every record, in order within a partition
     * @param onGarbage gets what has no key or can't be deserialised, with the reason; the reading goes on after it
     */
    public TopicFollower(
            Map<String, Object> kafka,
            String topic,
            Deserializer<V> deserializer,
            Consumer<Entry<V>> handler,
            BiConsumer<ConsumerRecord<byte[], byte[]>, String> onGarbage) {
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.consumer = new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
        this.deserializer = deserializer;
        this.handler = handler;
        this.onGarbage = onGarbage;
    }

    /**
     * Makes {@link #replay} begin with the last records of each partition, for whoever can do without the others.
     *
     * @param perPartition how many, at most; marks of transactions count too
     */
    public TopicFollower<V> lastOnly(long perPartition) {
        most = perPartition;
        return this;
    }

    /**
     * Reads everything that was committed when the call began.
     *
     * @throws TimeoutException if that took longer than {@code timeout}, or Kafka does
     *     not answer; calling again begins at the beginning again
     */
    public void replay(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        partitions = consumer.partitionsFor(topic, timeout).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
        consumer.assign(partitions);
        // With read_committed this is the last stable offset, so an open transaction can't make us wait.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, timeout);
        consumer.beginningOffsets(partitions, timeout)
                .forEach((partition, first) -> consumer.seek(partition, Math.max(first, ends.get(partition) - most)));
        while (!reached(ends)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("topic '" + topic + "' could not be replayed within " + timeout);
            }
            poll(STEP);
        }
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        try {
            return ends.entrySet().stream()
                    .allMatch(end -> end.getValue() == 0 || consumer.position(end.getKey(), STEP) >= end.getValue());
        } catch (TimeoutException e) {
            // A slow broker; the deadline of the whole replay decides.
            return false;
        }
    }

    /**
     * Hands over what has come since, waiting for it at most {@code timeout}.
     *
     * @return number of records
     * @throws org.apache.kafka.common.errors.WakeupException after {@link #wakeup()}
     */
    public int poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
        for (ConsumerRecord<byte[], byte[]> entry : records) {
            handle(entry);
        }
        return records.count();
    }

    private void handle(ConsumerRecord<byte[], byte[]> entry) {
        if (entry.key() == null) {
            onGarbage.accept(entry, "the record has no key");
            return;
        }
        Optional<V> value;
        try {
            value = Optional.ofNullable(entry.value()).map(bytes -> deserializer.deserialize(topic, bytes));
        } catch (SerializationException e) {
            onGarbage.accept(entry, e.getMessage());
            return;
        }
        handler.accept(new Entry<>(
                keys.deserialize(topic, entry.key()), value, entry.partition(), entry.offset(), entry.timestamp()));
    }

    /** For each partition the offset after the last record that was handed over. */
    public Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new TreeMap<>();
        partitions.forEach(partition -> positions.put(partition.partition(), consumer.position(partition)));
        return positions;
    }

    /** Makes a waiting {@link #poll} or {@link #replay} of another thread throw. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
