package io.headwater.ingest.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets batches in, a few at a time, and has the threads that work on them. */
@ApplicationScoped
public class BatchDoor {
    /** Content type of the answers. */
    public static final String NDJSON = "application/x-ndjson";

    private final BatchConfig config;
    private final ObjectMapper json;
    private final Semaphore free;
    private final ExecutorService readers = Executors.newCachedThreadPool(daemons("batch-reader"));
    private final ExecutorService workers;

    BatchDoor(BatchConfig config, ObjectMapper json) {
        if (config.concurrency() < 1 || config.window() < 1 || config.maxItems() < 1) {
            throw new IllegalArgumentException("headwater.batch.concurrency is " + config.concurrency()
                    + ", headwater.batch.window " + config.window() + " and headwater.batch.max-items "
                    + config.maxItems() + ", but each must be at least 1");
        }
        this.config = config;
        this.json = json;
        this.free = new Semaphore(config.concurrency());
        // As many as can decode; more would only wait for each other.
        this.workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), daemons("batch"));
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    void stop(@Observes ShutdownEvent event) {
        readers.shutdownNow();
        workers.shutdown();
    }

    /**
     * Begins to answer a batch, whose items are worked on side by side.
     *
     * @param batch opened when it has a place, and read when the answer is written
     * @return the lines; whoever gets it must have it written
     * @throws ProblemException (503) if there are too many already, or as opening it does
     */
    public StreamingOutput answer(RoutingContext request, BatchSource.Opening batch) throws IOException {
        return answer(request, batch, workers);
    }

    /** The same, but the work on each item begins after that on the one before. It must not block for long. */
    public StreamingOutput answerInOrder(RoutingContext request, BatchSource.Opening batch) throws IOException {
        return answer(request, batch, Runnable::run);
    }

    private StreamingOutput answer(RoutingContext request, BatchSource.Opening batch, Executor executor)
            throws IOException {
        if (!free.tryAcquire()) {
            throw ProblemException.temporary(
                    ProblemKind.BUSY,
                    config.concurrency() + " batches are being worked on (headwater.batch.concurrency); send this one"
                            + " again later",
                    config.retryAfter());
        }
        boolean opened = false;
        try {
            BatchSource counted = new CountedSource(batch.open(), config.maxItems());
            BatchRun run = new BatchRun(counted, config.window(), request.normalizedPath(), readers, executor);
            opened = true;
            return new BatchAnswer(run, json, request, config.writeTimeout(), free::release);
        } finally {
            if (!opened) {
                free.release();
            }
        }
    }
}
