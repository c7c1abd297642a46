package io.headwater.inference.stream;

import io.headwater.inference.model.Shared;
import io.headwater.inference.rollout.Generation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The images of one poll, on their way through the workers. All of them see the same generation. */
final class Batch {
    private final List<ConsumerRecord<byte[], byte[]>> entries;
    private final Map<TopicPartition, OffsetAndMetadata> offsets;
    private final long bytes;
    // Each is written by one worker before it counts down, and read after the last one did.
    private final Outcome[] outcomes;
    private final AtomicInteger missing;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Shared<Generation> lease;
    private final long change;
    private volatile boolean cancelled;
    private volatile Throwable failure;

    private Batch(ConsumerRecords<byte[], byte[]> polled, Shared<Generation> lease) {
        this.entries = new ArrayList<>(polled.count());
        polled.forEach(entries::add);
        this.offsets = polled.nextOffsets();
        this.bytes = entries.stream().mapToLong(Batch::bytes).sum();
        this.outcomes = new Outcome[entries.size()];
        this.missing = new AtomicInteger(entries.size());
        this.lease = lease;
        this.change = lease.get().change();
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> entry) {
        return Math.max(0, entry.serializedKeySize()) + (long) Math.max(0, entry.serializedValueSize());
    }

    /**
     * Sends every image to the workers, but for those that are known to have a prediction.
     *
     * @param polled at least one record
     * @param known whether a record's image has one
     * @param lease is released when the last image is done
     */
    static Batch submit(
            ConsumerRecords<byte[], byte[]> polled,
            Predicate<ConsumerRecord<byte[], byte[]>> known,
            Shared<Generation> lease,
            ImageWorkers workers) {
        Batch batch = new Batch(polled, lease);
        for (int i = 0; i < batch.size(); i++) {
            Ticket ticket = batch.new Place(i);
            if (known.test(batch.entry(i))) {
                ticket.done(new Outcome.Repeated());
            } else {
                workers.classify(batch.entry(i), lease.get(), ticket);
            }
        }
        return batch;
    }

    /** Whether {@link #await} would return at once. */
    boolean isDone() {
        return done.getCount() == 0;
    }

    /** Waits for the last image, but not for longer than that. */
    boolean isDoneWithin(Duration patience) throws InterruptedException {
        return done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits for the last image. Of several images with one id the first that can be classified counts, and the others become
     * repetitions; a rejected image is not remembered, so that a mended one with its id is taken. Batches are awaited in the
     * order in which they are committed.
     *
     * @param recent gets the images that are classified
     * @throws IllegalStateException if something failed that is no fault of an image; nothing of the batch counts then
     */
    void await(RecentImages recent) throws InterruptedException {
        done.await();
        if (failure != null) {
            throw new IllegalStateException("a batch failed: " + failure, failure);
        }
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] instanceof Outcome.Classified && !recent.add(entries.get(i))) {
                outcomes[i] = new Outcome.Repeated();
            }
        }
    }

    /** Nobody will ask for the outcomes any more: what has not begun is left out. */
    void cancel() {
        cancelled = true;
    }

    int size() {
        return entries.size();
    }

    /** Of keys and values. */
    long bytes() {
        return bytes;
    }

    ConsumerRecord<byte[], byte[]> entry(int index) {
        return entries.get(index);
    }

    /** What became of an image; only after {@link #await}. */
    Outcome outcome(int index) {
        return outcomes[index];
    }

    /** The change that brought the backbone that all are embedded with. */
    long change() {
        return change;
    }

    /** Offset of its first record of a partition; where there is none, of what comes after the batch. */
    long firstOffset(TopicPartition partition) {
        return entries.stream()
                .filter(entry -> entry.partition() == partition.partition())
                .mapToLong(ConsumerRecord::offset)
                .min()
                .orElseGet(() -> offsets.get(partition).offset());
    }

    /** What to commit with the batch. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }

    private final class Place implements Ticket {
        private final int index;

        Place(int index) {
            this.index = index;
        }

        @Override
        public boolean isWanted() {
            return !cancelled;
        }

        @Override
        public void done(Outcome outcome) {
            outcomes[index] = outcome;
            countDown();
        }

        // After the first failure nothing of the batch counts, so the rest is left out.
        @Override
        public void failed(Throwable thrown) {
            if (!(thrown instanceof CancellationException) && !cancelled) {
                failure = thrown;
                cancelled = true;
            } else if (failure == null) {
                failure = thrown;
            }
            countDown();
        }

        private void countDown() {
            if (missing.decrementAndGet() == 0) {
                try {
                    lease.release();
                } finally {
                    done.countDown();
                }
            }
        }
    }
}
