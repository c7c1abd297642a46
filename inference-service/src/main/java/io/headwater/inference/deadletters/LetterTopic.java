package io.headwater.inference.deadletters;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic as it is when this is made, read here and there by offset; only what is committed. One thread uses it. It holds a
 * few records at a time, and whatever waits for Kafka ends at one deadline.
 */
final class LetterTopic implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final int FEW = 64;
    private static final int SOME_BYTES = 4 * 1024 * 1024;

    private final String topic;
    private final Duration patience;
    private final long deadline;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> ends;

    /**
     * @throws TimeoutException if Kafka does not answer
     */
    LetterTopic(Map<String, Object> kafka, String topic, Duration patience) {
        this.topic = topic;
        this.patience = patience;
        this.deadline = System.nanoTime() + patience.toNanos();
        this.consumer = new KafkaConsumer<>(
                configuration(kafka, patience), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        boolean open = false;
        try {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            this.beginnings = new HashMap<>(consumer.beginningOffsets(all));
            this.ends = consumer.endOffsets(all);
            open = true;
        } finally {
            if (!open) {
                close();
            }
        }
    }

    private static Map<String, Object> configuration(Map<String, Object> kafka, Duration patience) {
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Retention may delete what it was about to read.
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, FEW);
        configuration.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, SOME_BYTES);
        configuration.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        configuration.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        return configuration;
    }

    SortedSet<Integer> partitions() {
        SortedSet<Integer> numbers = new TreeSet<>();
        ends.keySet().forEach(partition -> numbers.add(partition.partition()));
        return numbers;
    }

    /** Offset of the oldest record that retention has left. */
    long beginning(int partition) {
        return beginnings.get(of(partition));
    }

    /** Offset after the newest record. */
    long end(int partition) {
        return ends.get(of(partition));
    }

    /** Leaves out what is older than that. */
    void since(Instant instant) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        ends.keySet().forEach(partition -> wanted.put(partition, instant.toEpochMilli()));
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(wanted).entrySet()) {
            long first = found.getValue() == null
                    ? ends.get(found.getKey())
                    : found.getValue().offset();
            beginnings.merge(found.getKey(), first, Math::max);
        }
    }

    /**
     * Hands over what is between two offsets, in order, for as long as the reader wants more.
     *
     * @return whether it got to the end
     * @throws TimeoutException if that takes too long
     */
    boolean read(int partition, long from, long to, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
        long next = from;
        while (next < to) {
            for (ConsumerRecord<byte[], byte[]> entry : some(partition, next, to)) {
                if (!reader.test(entry)) {
                    return false;
                }
            }
            next = consumer.position(of(partition));
        }
        return true;
    }

    // None only where there are no more before "to".
    private List<ConsumerRecord<byte[], byte[]>> some(int partition, long from, long to) {
        TopicPartition wanted = of(partition);
        if (!consumer.assignment().contains(wanted)) {
            consumer.assign(List.of(wanted));
        }
        if (consumer.position(wanted) != from) {
            consumer.seek(wanted, from);
        }
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
        while (some.isEmpty() && consumer.position(wanted) < to) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("'" + topic + "' could not be read within " + patience);
            }
            for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(STEP)) {
                if (entry.offset() < to) {
                    some.add(entry);
                }
            }
        }
        return some;
    }

    /** One record; empty where there is none any more, or never was one. */
    Optional<ConsumerRecord<byte[], byte[]>> at(LetterId id) {
        if (!ends.containsKey(of(id.partition())) || id.offset() < beginning(id.partition())) {
            return Optional.empty();
        }
        return some(id.partition(), id.offset(), Math.min(id.offset() + 1, end(id.partition()))).stream()
                .filter(entry -> entry.offset() == id.offset())
                .findFirst();
    }

    private TopicPartition of(int partition) {
        return new TopicPartition(topic, partition);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(FAREWELL));
    }
}
