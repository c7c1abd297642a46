package io.headwater.ingest;

import io.headwater.serde.EventFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic as anybody would, from its beginning to its present end. */
public final class TopicReader {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String bootstrapServers;

    public TopicReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** The values of one key, in order; empty for a tombstone. */
    public <T extends SpecificRecord> List<Optional<T>> of(String topic, Class<T> type, String key) {
        return all(topic, type).stream()
                .filter(entry -> key.equals(entry.key()))
                .map(entry -> Optional.ofNullable(entry.value()))
                .toList();
    }

    /** Everything in the topic. */
    public <T extends SpecificRecord> List<ConsumerRecord<String, T>> all(String topic, Class<T> type) {
        Map<String, Object> configuration = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        List<ConsumerRecord<String, T>> found = new ArrayList<>();
        try (KafkaConsumer<String, T> consumer = new KafkaConsumer<>(
                configuration,
                new StringDeserializer(),
                EventFormat.singleObject().deserializer(type))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }
}
