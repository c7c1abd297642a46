package io.headwater.inference.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The batches that are with the workers, oldest first. One thread uses it. */
final class Flight {
    private final Flow flow;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private int images;
    private long bytes;

    Flight(Flow flow) {
        this.flow = flow;
    }

    void add(Batch batch) {
        batches.add(batch);
        images += batch.size();
        bytes += batch.bytes();
    }

    /** Takes the oldest batch out. */
    Batch remove() {
        Batch batch = batches.remove();
        images -= batch.size();
        bytes -= batch.bytes();
        return batch;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    boolean isRoom() {
        return batches.isEmpty() || flow.isRoom(images, bytes);
    }

    int images() {
        return images;
    }

    /** Whether there is an oldest batch and it is done. */
    boolean isFirstDone() {
        return !batches.isEmpty() && batches.peek().isDone();
    }

    /**
     * Waits for the oldest batch; there has to be one.
     *
     * @return whether it is done
     */
    boolean awaitFirst(Duration patience) throws InterruptedException {
        return batches.element().isDoneWithin(patience);
    }

    /** Nobody will ask for the outcomes any more. */
    void cancel() {
        while (!isEmpty()) {
            remove().cancel();
        }
    }
}
