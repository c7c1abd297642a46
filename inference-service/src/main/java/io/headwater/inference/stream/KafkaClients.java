package io.headwater.inference.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the two Kafka clients of a pipeline. Everything is bytes to them: the workers serialise. */
final class KafkaClients {
    private static final int RETRY_MILLIS = 5;
    private static final int MIB = 1024 * 1024;
    private static final int STATIC_SESSION_MILLIS = 45_000;

    private final Map<String, Object> kafka;
    private final PipelineSettings settings;

    KafkaClients(Map<String, Object> kafka, PipelineSettings settings) {
        this.kafka = Map.copyOf(kafka);
        this.settings = settings;
    }

    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> configuration =
                configuration(settings.groupId(), settings.flow().imagesPerPoll());
        configuration.put(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, settings.flow().fetchBytes());
        // As much as the operating system thinks fit: with Kafka's 64 KiB a fetch of a megabyte takes many turns.
        configuration.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        settings.staticMember().ifPresent(name -> {
            configuration.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name);
            // Time to start again before the partitions go to others.
            configuration.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, STATIC_SESSION_MILLIS);
        });
        return new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> configuration(String group, int batchSize) {
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchSize);
        configuration.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // A killed instance's partitions wait this long for another one.
        configuration.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        configuration.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        return configuration;
    }

    /** A consumer of {@code images} in another group than that of the pipeline, which reads a few at a time. */
    Consumer<byte[], byte[]> consumer(String group, int batchSize) {
        Map<String, Object> configuration = configuration(group, batchSize);
        return new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A consumer without a group, that is given its partitions and positions.
     *
     * @param isolation {@code read_committed} or {@code read_uncommitted}
     */
    Consumer<byte[], byte[]> reader(String isolation) {
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Retention may delete what it was about to read.
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer without transactions. */
    Producer<byte[], byte[]> plainProducer() {
        return new KafkaProducer<>(producing(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Admin admin() {
        return Admin.create(kafka);
    }

    Producer<byte[], byte[]> producer() {
        Map<String, Object> configuration = producing();
        configuration.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
        // While the markers of one commit are being written, the broker refuses the next one's offsets for a moment.
        // With
        // Kafka's 100 ms that moment was most of an image's latency (docs/performance.md). It doubles from try to try.
        configuration.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_MILLIS);
        // Readers of a partition wait for an open transaction, so a dead instance must not keep one open for long.
        configuration.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
        return new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> producing() {
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        configuration.put(
                ProducerConfig.LINGER_MS_CONFIG, (int) settings.flow().linger().toMillis());
        // A batch of embeddings in one request per partition.
        configuration.put(ProducerConfig.BATCH_SIZE_CONFIG, MIB);
        // The largest image, and the headers that a dead letter adds.
        configuration.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 6 * MIB);
        return configuration;
    }
}
