package io.headwater.inference.stream;

import io.headwater.inference.rollout.Generation;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * The threads that work on images, in two stages: one pool decodes, the other does nothing but call ONNX Runtime, so that it
 * never waits for a picture as long as there are any. Images come through in about the order in which they went in.
 */
final class ImageWorkers {
    private static final Logger LOG = Logger.getLogger(ImageWorkers.class);

    private final PixelBuffers buffers;
    private final ExecutorService decoding;
    private final ExecutorService embedding;
    private final ThreadLocal<ImageDecoder> decoders;
    private final ThreadLocal<ImageClassifier> classifiers;

    /** Makes one decoder or classifier for each thread. */
    ImageWorkers(PipelineSettings settings, Decoders decoders, Supplier<ImageClassifier> classifiers) {
        this.buffers = new PixelBuffers(2 * (settings.threads() + settings.decodeThreads()));
        this.decoders = ThreadLocal.withInitial(() -> decoders.with(buffers));
        this.classifiers = ThreadLocal.withInitial(classifiers);
        this.decoding = pool("image-decoder-", settings.decodeThreads());
        this.embedding = pool("image-worker-", settings.threads());
    }

    /** Makes decoders that put their pixels into these buffers. */
    interface Decoders {
        ImageDecoder with(PixelBuffers buffers);
    }

    private static ExecutorService pool(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, task -> new Thread(task, name + number.getAndIncrement()));
    }

    /**
     * Classifies one record.
     *
     * @param cancelled whether nobody waits for the outcome any more; it then ends with a {@link CancellationException}
     */
    CompletableFuture<Outcome> classify(
            ConsumerRecord<byte[], byte[]> entry, Generation generation, BooleanSupplier cancelled) {
        return CompletableFuture.supplyAsync(() -> decode(entry, generation, cancelled), decoding)
                .thenApplyAsync(decoded -> embed(decoded, generation, cancelled), embedding);
    }

    private DecodedImage decode(
            ConsumerRecord<byte[], byte[]> entry, Generation generation, BooleanSupplier cancelled) {
        requireWanted(cancelled);
        try {
            return decoders.get().decode(entry, generation.backbone());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private Outcome embed(DecodedImage decoded, Generation generation, BooleanSupplier cancelled) {
        if (decoded instanceof DecodedImage.Unreadable unreadable) {
            return unreadable.why();
        }
        DecodedImage.Ready ready = (DecodedImage.Ready) decoded;
        try {
            requireWanted(cancelled);
            return classifiers.get().classify(ready, generation);
        } finally {
            buffers.giveBack(ready.pixels());
        }
    }

    private static void requireWanted(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    /** Takes no more images, and waits for those that were begun. */
    void close(Duration patience) throws InterruptedException {
        // One after the other: decoders wait for the buffers that the second stage gives back.
        close(decoding, patience);
        close(embedding, patience);
    }

    private static void close(ExecutorService pool, Duration patience) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(patience.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("an image worker did not end in time");
        }
    }
}
