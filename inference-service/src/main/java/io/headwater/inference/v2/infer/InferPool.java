package io.headwater.inference.v2.infer;

import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.rollout.Generation;
import io.headwater.inference.v2.model.Catalogue;
import io.headwater.inference.v2.protocol.ProtocolException;
import io.headwater.inference.v2.protocol.RequestReader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;

/**
 * The threads that answer requests, in the order of their arrival. They are others than the stream's, so neither waits for
 * the other's queue; where there are fewer processors than busy threads of both, the operating system shares them out.
 */
public final class InferPool implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(InferPool.class);
    private static final long PATIENCE_SECONDS = 10;

    private final Catalogue catalogue;
    private final InferSettings settings;
    private final RequestReader reader;
    private final ExecutorService workers;
    private final ThreadLocal<ImageScorer> scorers;

    /**
     * @param readers from the size of the backbone's input to a reader of pictures
     */
    public InferPool(Catalogue catalogue, InferSettings settings, IntFunction<PictureReader> readers) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.reader = new RequestReader(settings.maxImages(), Math.toIntExact(settings.maxBody()));
        this.scorers = ThreadLocal.withInitial(() -> new ImageScorer(readers));
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(
                settings.threads(), task -> new Thread(task, "v2-worker-" + number.getAndIncrement()));
    }

    /**
     * Answers a request.
     *
     * @param answer is told once, on any thread
     * @param freed runs once, when the memory of the request is free
     */
    public InferJob submit(Arrival arrival, Consumer<Reply> answer, Runnable freed) {
        InferJob job = new InferJob(arrival, answer, freed);
        try {
            workers.execute(() -> job.run(this));
        } catch (RejectedExecutionException e) {
            job.giveUp(new ProtocolException(503, "the service is being stopped"));
            job.run(this);
        }
        return job;
    }

    /** Sends other threads to a request that has so many more images; if they come too late they find nothing to do. */
    void help(InferJob job, int images) {
        int helpers = Math.min(images, settings.threads() - 1);
        try {
            for (int i = 0; i < helpers; i++) {
                workers.execute(() -> job.work(scorer()));
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("no helpers: the service is being stopped");
        }
    }

    Plan plan(Arrival arrival, Generation generation) throws ProtocolException {
        return Plan.of(arrival, Catalogue.choose(generation, arrival.version()), reader, settings.maxImages());
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** The calling thread's. */
    ImageScorer scorer() {
        return scorers.get();
    }

    /** Takes no more requests, and waits for those that are inside. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a worker of the synchronous door did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
