package io.headwater.inference.stream;

import io.headwater.inference.model.Shared;
import io.headwater.inference.rollout.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The images of one poll, on their way through the workers. All of them see the same generation. */
final class Batch {
    private final List<ConsumerRecord<byte[], byte[]>> entries;
    private final Map<TopicPartition, OffsetAndMetadata> offsets;
    private final List<CompletableFuture<Outcome>> work;
    private final List<Outcome> outcomes;
    private final long change;
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private volatile boolean cancelled;
    private volatile Throwable failure;

    private Batch(ConsumerRecords<byte[], byte[]> polled, long change) {
        this.entries = new ArrayList<>(polled.count());
        polled.forEach(entries::add);
        this.offsets = polled.nextOffsets();
        this.work = new ArrayList<>(entries.size());
        this.outcomes = new ArrayList<>(entries.size());
        this.change = change;
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
        Batch batch = new Batch(polled, lease.get().change());
        for (ConsumerRecord<byte[], byte[]> entry : batch.entries) {
            batch.work.add(
                    known.test(entry)
                            ? CompletableFuture.completedFuture(new Outcome.Repeated())
                            : workers.classify(entry, lease.get(), () -> batch.cancelled)
                                    .whenComplete(batch::note));
        }
        batch.done = CompletableFuture.allOf(batch.work.toArray(CompletableFuture[]::new))
                .whenComplete((nothing, failure) -> lease.release());
        return batch;
    }

    // After the first failure nothing of the batch counts, so the rest is left out.
    private void note(Outcome outcome, Throwable thrown) {
        if (thrown != null && !cancelled) {
            failure = thrown;
            cancelled = true;
        }
    }

    /** Whether {@link #await} would return at once. */
    boolean isDone() {
        return done.isDone();
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
        try {
            done.get();
        } catch (ExecutionException e) {
            Throwable cause = failure == null ? e : failure;
            throw new IllegalStateException("a batch failed: " + cause, cause);
        }
        for (int i = 0; i < work.size(); i++) {
            Outcome outcome = work.get(i).join();
            boolean repeated = outcome instanceof Outcome.Classified && !recent.add(entries.get(i));
            outcomes.add(repeated ? new Outcome.Repeated() : outcome);
        }
    }

    /** Nobody will ask for the outcomes any more: what has not begun is left out. */
    void cancel() {
        cancelled = true;
    }

    int size() {
        return entries.size();
    }

    ConsumerRecord<byte[], byte[]> entry(int index) {
        return entries.get(index);
    }

    /** What became of an image; only after {@link #await}. */
    Outcome outcome(int index) {
        return outcomes.get(index);
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
}
