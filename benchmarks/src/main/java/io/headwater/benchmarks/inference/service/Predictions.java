package io.headwater.benchmarks.inference.service;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads predictions as any read-committed consumer does, in a thread of its own, and counts the images that have one. */
final class Predictions implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(500);
    private static final long LOOK_NANOS = 500_000;
    private static final int PLENTY = 1024 * 1024;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::read, "predictions");
    private final BitSet seen = new BitSet();
    private volatile Schedule schedule = Schedule.NONE;
    private volatile int images;
    private volatile int repeated;
    private volatile boolean closing;

    /**
     * @param gather how long the broker waits for more before it answers; zero: as soon as there is anything. Reading takes
     *     time from the service on the same cores, and more where predictions come in small pieces
     */
    Predictions(String bootstrapServers, String topic, int partitions, Duration gather) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        gather.isZero() ? 1 : PLENTY,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        (int) (gather.isZero() ? STEP : gather).toMillis(),
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (consumer) {
            while (!closing) {
                var polled = consumer.poll(STEP);
                long now = System.nanoTime();
                polled.forEach(entry -> take(entry, now));
            }
        } catch (WakeupException e) {
            // It is being closed.
            return;
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private void take(ConsumerRecord<byte[], byte[]> entry, long now) {
        int number = ImageTopic.number(entry.key());
        if (seen.get(number)) {
            repeated++;
            return;
        }
        seen.set(number);
        schedule.arrived(number, now);
        images++;
    }

    /** From now on predictions are noted there too. */
    void noteIn(Schedule target) {
        schedule = target;
    }

    /** Images that have a prediction. */
    int images() {
        return images;
    }

    /** Predictions of images that had one already. */
    int repeated() {
        return repeated;
    }

    /** Waits until so many images have a prediction. */
    void await(int count, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (images < count) {
            if (System.nanoTime() > deadline || !thread.isAlive()) {
                throw new IllegalStateException("only " + images + " of " + count + " predictions within " + patience);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
