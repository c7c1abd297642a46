package io.headwater.ingest.batch;

import io.headwater.ingest.problem.Problem;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Works on one batch: a thread reads its items, the workers take them in, and whoever calls {@link #take} gets the lines
 * as they are done. At most a window of items is on its way: who does not take lines makes the reading stop.
 */
final class BatchRun {
    private static final Logger LOG = Logger.getLogger(BatchRun.class);
    private static final long LOOK_MILLIS = 500;
    private static final String UNEXPECTED = "an unexpected error happened; it was logged";

    private final BatchSource source;
    private final String instance;
    private final ExecutorService readers;
    private final Executor workers;
    private final Semaphore window;
    // Never more than the window and the end.
    private final BlockingQueue<Event> done = new LinkedBlockingQueue<>();
    private Future<?> reader;

    BatchRun(BatchSource source, int window, String instance, ExecutorService readers, Executor workers) {
        this.source = source;
        this.instance = instance;
        this.readers = readers;
        this.workers = workers;
        this.window = new Semaphore(window);
    }

    /** What happens in a batch. */
    sealed interface Event {}

    /** An item is done. */
    record Done(Line line) implements Event {}

    /**
     * Nothing more is read; lines may still come.
     *
     * @param items that were read
     * @param problem why not all were; empty if it was the end
     */
    record End(long items, Optional<Problem> problem) implements Event {}

    void start() {
        reader = readers.submit(this::read);
    }

    /** Whether somebody would have to wait in {@link #take}. */
    boolean isIdle() {
        return done.isEmpty();
    }

    /**
     * The next event, waiting for it.
     *
     * @param gone whether nobody is there any more who would read its line; asked now and then
     * @throws IOException if so
     */
    Event take(BooleanSupplier gone) throws IOException, InterruptedException {
        Event event = done.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        while (event == null) {
            if (gone.getAsBoolean()) {
                throw new IOException("the client has gone away");
            }
            event = done.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (event instanceof Done) {
            window.release();
        }
        return event;
    }

    /** Reads no more; what is being worked on goes on. */
    void stop() {
        reader.cancel(true);
    }

    private void read() {
        long items = 0;
        Optional<Problem> problem = Optional.of(failure(UNEXPECTED));
        try {
            while (true) {
                window.acquire();
                Optional<BatchItem> item = source.next();
                if (item.isEmpty()) {
                    break;
                }
                items++;
                begin(items, item.get());
            }
            problem = Optional.empty();
        } catch (ProblemException e) {
            problem = Optional.of(Problem.of(e, instance));
        } catch (IOException e) {
            problem = Optional.of(brokenOff(e));
        } catch (InterruptedException | RejectedExecutionException e) {
            problem = Optional.of(failure("the service stops; send what has no line yet again"));
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "batch failed items=%d", items);
        } finally {
            // Whatever happened: without an end its thread and its place are lost.
            done.add(new End(items, problem));
        }
    }

    private Problem brokenOff(IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Problem.of(
                new ProblemException(
                        ProblemKind.BROKEN_BATCH,
                        "the batch ends early or is damaged (" + reason + "); what comes after it was not read"),
                instance);
    }

    private Problem failure(String detail) {
        return Problem.of(new ProblemException(ProblemKind.INTERNAL, detail), instance);
    }

    private void begin(long number, BatchItem item) {
        workers.execute(() -> {
            try {
                item.work()
                        .get()
                        .subscribe()
                        .with(
                                outcome -> done.add(new Done(accepted(number, item, outcome))),
                                failure -> done.add(new Done(refused(number, item, failure))));
            } catch (RuntimeException | Error e) {
                done.add(new Done(refused(number, item, e)));
            }
        });
    }

    private static Line accepted(long number, BatchItem item, BatchItem.Outcome outcome) {
        return new Line(
                number, item.name(), outcome.status(), Optional.of(outcome.id()), outcome.label(), Optional.empty());
    }

    private Line refused(long number, BatchItem item, Throwable failure) {
        Problem problem;
        if (failure instanceof ProblemException known) {
            problem = Problem.of(known, instance);
        } else {
            LOG.errorf(failure, "item failed number=%d", number);
            problem = failure(UNEXPECTED);
        }
        return new Line(
                number, item.name(), problem.status(), Optional.empty(), Optional.empty(), Optional.of(problem));
    }
}
