package io.headwater.benchmarks.inference;

import io.headwater.events.ImageClassified;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** A thread that reads committed predictions and notes when each one came. */
final class LatencyReader implements AutoCloseable {
    private final int first;
    private final AtomicLongArray sentAt;
    private final AtomicLongArray seenAt;
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Set<Long> versions = ConcurrentHashMap.newKeySet();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<ImageClassified> deserializer;
    private final Thread thread = new Thread(this::read, "latency-reader");

    /**
     * Begins at the end of {@code predictions}.
     *
     * @param first number of the first image that counts
     * @param last after the last one
     */
    LatencyReader(RunningPipeline pipeline, int first, int last) {
        this.first = first;
        this.sentAt = new AtomicLongArray(last - first);
        this.seenAt = new AtomicLongArray(last - first);
        this.deserializer = pipeline.format().deserializer(ImageClassified.class);
        Map<String, Object> configuration = new HashMap<>(pipeline.kafka());
        configuration.put("isolation.level", "read_committed");
        configuration.put("fetch.max.wait.ms", 100);
        this.consumer = new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < pipeline.topics().predictions().partitions(); i++) {
            partitions.add(new TopicPartition(pipeline.topics().predictions().name(), i));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    private void read() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(Duration.ofSeconds(1))) {
                    note(entry, System.nanoTime());
                }
            }
        } catch (WakeupException e) {
            consumer.close();
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> entry, long now) {
        String id = new String(entry.key(), StandardCharsets.UTF_8);
        int index = Integer.parseInt(id.substring(id.indexOf('-') + 1)) - first;
        if (index < 0) {
            return;
        }
        if (!seenAt.compareAndSet(index, 0, now)) {
            repeated.incrementAndGet();
            return;
        }
        ImageClassified prediction = deserializer.deserialize(entry.topic(), entry.value());
        if (prediction.getVersion() == null) {
            unanswered.incrementAndGet();
        } else {
            versions.add(prediction.getVersion());
        }
        seen.incrementAndGet();
    }

    void sent(int image, long at) {
        sentAt.set(image - first, at);
    }

    int first() {
        return first;
    }

    /** Images that have a prediction. */
    int seen() {
        return seen.get();
    }

    /** Predictions of images that had one. */
    int repeated() {
        return repeated.get();
    }

    /** Predictions without a version. */
    int unanswered() {
        return unanswered.get();
    }

    /** How many versions answered. */
    int versions() {
        return versions.size();
    }

    /** From sending each of these images to reading its prediction. */
    double[] millis(int from, int to) {
        double[] millis = new double[to - from];
        for (int i = from; i < to; i++) {
            millis[i - from] = (seenAt.get(i - first) - sentAt.get(i - first)) / 1e6;
        }
        return millis;
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join(Duration.ofSeconds(10).toMillis());
    }
}
