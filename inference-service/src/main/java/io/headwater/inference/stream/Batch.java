package io.headwater.inference.stream;

import io.headwater.inference.model.Shared;
import io.headwater.inference.rollout.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The images of one poll, on their way through the workers. All of them see the same generation. */
final class Batch {
    private final List<ConsumerRecord<byte[], byte[]>> entries;
    private final Map<TopicPartition, OffsetAndMetadata> offsets;
    private final Shared<Generation> lease;
    private final Outcome[] outcomes;
    private final AtomicInteger remaining;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile Throwable failure;

    private Batch(ConsumerRecords<byte[], byte[]> polled, Shared<Generation> lease) {
        this.entries = new ArrayList<>(polled.count());
        polled.forEach(entries::add);
        this.offsets = polled.nextOffsets();
        this.lease = lease;
        this.outcomes = new Outcome[entries.size()];
        this.remaining = new AtomicInteger(entries.size());
    }

    /**
     * Sends every image to the workers.
     *
     * @param polled at least one record
     * @param lease is released when the last image is done
     * @param classifiers gives the calling thread its own
     */
    static Batch submit(
            ConsumerRecords<byte[], byte[]> polled,
            Shared<Generation> lease,
            Executor workers,
            Supplier<ImageClassifier> classifiers) {
        Batch batch = new Batch(polled, lease);
        for (int i = 0; i < batch.outcomes.length; i++) {
            int index = i;
            workers.execute(() -> batch.work(index, classifiers));
        }
        return batch;
    }

    private void work(int index, Supplier<ImageClassifier> classifiers) {
        try {
            if (!cancelled && failure == null) {
                outcomes[index] = classifiers.get().classify(entries.get(index), lease.get());
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            // The countdown publishes the outcomes to whoever waits.
            if (remaining.decrementAndGet() == 0) {
                lease.release();
                done.countDown();
            }
        }
    }

    /** Whether {@link #await()} would return at once. */
    boolean isDone() {
        return done.getCount() == 0;
    }

    /**
     * Waits for the last image.
     *
     * @throws IllegalStateException if something failed that is no fault of an image; nothing of the batch counts then
     */
    void await() throws InterruptedException {
        done.await();
        if (failure != null) {
            throw new IllegalStateException("a batch failed: " + failure, failure);
        }
    }

    /** Nobody will ask for the outcomes any more: what has not begun is left out. */
    void cancel() {
        cancelled = true;
    }

    int size() {
        return outcomes.length;
    }

    ConsumerRecord<byte[], byte[]> entry(int index) {
        return entries.get(index);
    }

    /** What became of an image; only after {@link #await()}. */
    Outcome outcome(int index) {
        return outcomes[index];
    }

    /** What to commit with the batch. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }
}
