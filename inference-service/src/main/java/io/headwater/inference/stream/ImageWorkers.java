package io.headwater.inference.stream;

import io.headwater.inference.rollout.Generation;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * The threads that work on images: each takes one all the way, from its bytes to its results, so that the pixels are still in
 * the processor's cache when ONNX Runtime reads them and nobody waits for anybody. Images are begun in the order in which
 * they went in.
 */
final class ImageWorkers {
    private static final Logger LOG = Logger.getLogger(ImageWorkers.class);

    private final ExecutorService pool;
    private final ThreadLocal<ImageWorker> workers;

    /** Makes one worker for each thread. */
    ImageWorkers(int threads, Supplier<ImageWorker> workers) {
        AtomicInteger number = new AtomicInteger();
        this.workers = ThreadLocal.withInitial(workers);
        this.pool = Executors.newFixedThreadPool(
                threads, task -> new Thread(task, "image-worker-" + number.getAndIncrement()));
    }

    /** Classifies one record, later. */
    void classify(ConsumerRecord<byte[], byte[]> entry, Generation generation, Ticket ticket) {
        pool.execute(() -> work(entry, generation, ticket));
    }

    private void work(ConsumerRecord<byte[], byte[]> entry, Generation generation, Ticket ticket) {
        Outcome outcome;
        try {
            if (!ticket.isWanted()) {
                throw new CancellationException();
            }
            outcome = workers.get().classify(entry, generation);
        } catch (Throwable e) {
            // An error too, such as one of native code: whoever waits for the batch has to learn of it.
            ticket.failed(e);
            return;
        }
        ticket.done(outcome);
    }

    /** Takes no more images, and waits for those that were begun. */
    void close(Duration patience) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(patience.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("an image worker did not end in time");
        }
    }
}
