package io.headwater.inference.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads the ids of the last predictions back, so that they are remembered through restarts and moves of partitions. */
final class PredictionsTail {
    private static final Duration STEP = Duration.ofMillis(200);
    // An open transaction of a predecessor that was killed ends within half of it.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaClients clients;
    private final String topic;
    private final int count;

    /**
     * @param topic predictions
     * @param count of ids for each partition, at least as far as there are so many
     */
    PredictionsTail(KafkaClients clients, String topic, int count) {
        this.clients = clients;
        this.topic = topic;
        this.count = count;
    }

    /**
     * Adds the last ids of these partitions, in the order in which they were committed.
     *
     * @throws TimeoutException if they are not to be had within a minute
     */
    void read(Collection<Integer> numbers, RecentImages recent) {
        List<TopicPartition> partitions = numbers.stream()
                .map(number -> new TopicPartition(topic, number))
                .toList();
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = ends(partitions);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Consumer<byte[], byte[]> reader = clients.reader("read_committed")) {
            reader.assign(partitions);
            Map<TopicPartition, Long> beginnings = reader.beginningOffsets(partitions);
            // Each transaction's end mark takes an offset too, and it may have but one image.
            ends.forEach(
                    (partition, end) -> reader.seek(partition, Math.max(beginnings.get(partition), end - 2L * count)));
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException(
                            "the last predictions of " + partitions + " could not be read within " + PATIENCE);
                }
                for (ConsumerRecord<byte[], byte[]> entry : reader.poll(STEP)) {
                    if (entry.key() != null) {
                        recent.add(entry);
                    }
                }
            }
        }
    }

    // With what is not committed yet: the last transaction may be decided, but not yet marked in this partition.
    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        try (Consumer<byte[], byte[]> reader = clients.reader("read_uncommitted")) {
            return reader.endOffsets(partitions);
        }
    }
}
