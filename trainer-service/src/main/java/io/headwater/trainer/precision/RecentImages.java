package io.headwater.trainer.precision;

import io.headwater.events.ImageIngested;
import io.headwater.serde.EventFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The newest pictures of the topic {@code images}. */
public final class RecentImages {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Object> kafka;
    private final String topic;
    private final Deserializer<ImageIngested> deserializer;

    /** @param kafka client configuration */
    public RecentImages(Map<String, Object> kafka, EventFormat format, String topic) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.topic = topic;
        this.deserializer = format.deserializer(ImageIngested.class);
    }

    /**
     * A picture.
     *
     * @param id of the image
     * @param pixels uint8 {@code [size, size, 3]} RGB
     */
    record Recent(String id, ByteBuffer pixels) {}

    @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
    private record Found(long timestamp, String id, byte[] jpeg) {}

    /**
     * The newest pictures that {@code wanted} says yes to, the oldest of them first; an image that came twice is there once.
     * What can't be decoded is left out.
     *
     * @param scanned records at the end of the topic that are looked at at most
     * @param count pictures at most
     * @param size H and W, pixels
     */
    List<Recent> newest(int scanned, int count, int size, Predicate<String> wanted) {
        List<Found> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            for (TopicPartition partition : partitions) {
                found.addAll(newest(consumer, partition, scanned / partitions.size() + 1, count, wanted));
            }
        }
        found.sort(Comparator.comparingLong(Found::timestamp).thenComparing(Found::id));
        List<Recent> pictures = new ArrayList<>();
        for (int i = found.size() - 1; i >= 0 && pictures.size() < count; i--) {
            String id = found.get(i).id();
            Picture.of(found.get(i).jpeg(), size).ifPresent(pixels -> pictures.add(0, new Recent(id, pixels)));
        }
        return pictures;
    }

    /** No more of a partition than could be wanted of all. */
    private List<Found> newest(
            KafkaConsumer<String, byte[]> consumer,
            TopicPartition partition,
            int scanned,
            int count,
            Predicate<String> wanted) {
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        long beginning = consumer.beginningOffsets(List.of(partition)).get(partition);
        consumer.seek(partition, Math.max(beginning, end - scanned));
        Map<String, Found> found = new LinkedHashMap<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end && System.nanoTime() < deadline) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (record.key() == null || record.value() == null || !wanted.test(record.key())) {
                    continue;
                }
                jpeg(record).ifPresent(jpeg -> {
                    found.remove(record.key());
                    found.put(record.key(), new Found(record.timestamp(), record.key(), jpeg));
                });
                if (found.size() > count) {
                    found.remove(found.keySet().iterator().next());
                }
            }
        }
        return List.copyOf(found.values());
    }

    private Optional<byte[]> jpeg(ConsumerRecord<String, byte[]> record) {
        try {
            ByteBuffer bytes =
                    deserializer.deserialize(record.topic(), record.value()).getJpeg();
            byte[] jpeg = new byte[bytes.remaining()];
            bytes.duplicate().get(jpeg);
            return Optional.of(jpeg);
        } catch (RuntimeException e) {
            // The inference-service puts it among the dead letters.
            return Optional.empty();
        }
    }
}
